package dev.tutti.wire.model;

import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** One service's operations and error shapes. Immutable; made by {@link Models}. */
public final class ServiceModel {
  private final Metadata metadata;
  private final Map<String, Operation> operations;
  private final Map<String, Shape> shapes;
  private final Map<String, Shape.Structure> errors = new HashMap<>();

  ServiceModel(Metadata metadata, Map<String, Operation> operations, Map<String, Shape> shapes) {
    this.metadata = metadata;
    this.operations = operations;
    this.shapes = Collections.unmodifiableMap(shapes);
    for (Shape shape : shapes.values()) {
      if (shape instanceof Shape.Structure structure && structure.fault() != null) {
        errors.put(structure.name(), structure);
      }
    }
    for (Shape.Structure error : errors.values().toArray(Shape.Structure[]::new)) {
      Shape.Fault fault = error.fault();
      if (fault != null && fault.code() != null) {
        errors.putIfAbsent(fault.code(), error);
      }
    }
  }

  public Metadata metadata() {
    return metadata;
  }

  public Optional<Operation> operation(String name) {
    return Optional.ofNullable(operations.get(name));
  }

  public Collection<Operation> operations() {
    return Collections.unmodifiableCollection(operations.values());
  }

  /** All shapes by name. */
  public Map<String, Shape> shapes() {
    return shapes;
  }

  /** An error's shape, by the shape's name or by the code that a query answers. */
  public Optional<Shape.Structure> error(String code) {
    return Optional.ofNullable(errors.get(code));
  }
}
