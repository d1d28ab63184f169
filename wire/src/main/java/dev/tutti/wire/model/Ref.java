package dev.tutti.wire.model;

import java.util.Map;
import java.util.Objects;

/** Names a shape of the same model. Shapes may contain themselves, so they refer by name. */
public final class Ref {
  private final String name;
  private final Map<String, Shape> shapes;

  Ref(String name, Map<String, Shape> shapes) {
    this.name = name;
    this.shapes = shapes;
  }

  public Shape shape() {
    return Objects.requireNonNull(shapes.get(name), name);
  }

  @Override
  public String toString() {
    return name;
  }
}
