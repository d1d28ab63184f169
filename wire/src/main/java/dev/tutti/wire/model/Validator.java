package dev.tutti.wire.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Checks an input whose types are right already against the model's constraints, and says what is
 * wrong as AWS does: every violation in one message, members in the model's order, and for each
 * value its pattern before its length.
 *
 * <p>What is wrong with an element of a list of plain values, or with a key or value of a map, is
 * said of the list or map, with all constraints that the element should satisfy.
 */
public final class Validator {
  private final List<String> violations = new ArrayList<>();

  private Validator() {}

  /** What is wrong with the input, or empty. */
  public static Optional<String> check(Shape.Structure shape, JsonNode input) {
    Validator validator = new Validator();
    validator.structure(shape, input, "");
    List<String> found = validator.violations;
    if (found.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        found.size()
            + (found.size() == 1 ? " validation error" : " validation errors")
            + " detected: "
            + String.join("; ", found));
  }

  private void structure(Shape.Structure shape, JsonNode value, String path) {
    for (Member member : shape.members().values()) {
      JsonNode given = value.get(member.name());
      String at = path.isEmpty() ? lower(member.name()) : path + "." + lower(member.name());
      if (given != null) {
        value(member.shape(), given, at);
      } else if (shape.required().contains(member.name())) {
        violations.add("Value null at '" + at + "' " + Constraints.FAILED + Constraints.NOT_NULL);
      }
    }
  }

  private void value(Shape shape, JsonNode value, String at) {
    for (String broken : Constraints.broken(shape, value)) {
      add(shape, value, at, broken);
    }
    switch (shape) {
      case Shape.Structure structure -> structure(structure, value, at);
      case Shape.Listing listing -> elements(listing, value, at);
      case Shape.Mapping mapping -> entries(mapping, value, at);
      case Shape.Text _, Shape.Whole _, Shape.Decimal _, Shape.Flag _ -> {}
      case Shape.Blob _, Shape.Timestamp _ -> {}
    }
  }

  private void elements(Shape.Listing listing, JsonNode value, String at) {
    Shape element = listing.element().shape();
    if (isPlain(element)) {
      for (JsonNode each : value) {
        if (each.isNull() || !Constraints.broken(element, each).isEmpty()) {
          add(listing, value, at, "Member must satisfy constraint: " + Constraints.all(element));
          return;
        }
      }
      return;
    }
    for (int i = 0; i < value.size(); i++) {
      String place = at + "." + (i + 1) + ".member";
      if (value.get(i).isNull()) {
        violations.add(
            "Value null at '" + place + "' " + Constraints.FAILED + Constraints.NOT_NULL);
      } else {
        value(element, value.get(i), place);
      }
    }
  }

  private void entries(Shape.Mapping mapping, JsonNode value, String at) {
    Shape key = mapping.key().shape();
    Shape each = mapping.value().shape();
    boolean keysBroken = false;
    boolean valuesBroken = false;
    for (var entry : value.properties()) {
      JsonNode given = entry.getValue();
      keysBroken |= !Constraints.brokenKey(key, entry.getKey()).isEmpty();
      if (given.isNull()) {
        valuesBroken = true;
      } else if (isPlain(each)) {
        valuesBroken |= !Constraints.broken(each, given).isEmpty();
      } else {
        value(each, given, at + "." + entry.getKey() + ".member");
      }
    }
    if (keysBroken) {
      add(mapping, value, at, "Map keys must satisfy constraint: " + Constraints.all(key));
    }
    if (valuesBroken) {
      List<String> all = new ArrayList<>(Constraints.all(each));
      all.add(Constraints.NOT_NULL);
      add(mapping, value, at, "Map value must satisfy constraint: " + all);
    }
  }

  private void add(Shape shape, JsonNode value, String at, String constraint) {
    String shown = shape.sensitive() ? "Value" : "Value '" + Printed.of(shape, value) + "'";
    violations.add(shown + " at '" + at + "' " + Constraints.FAILED + constraint);
  }

  private static boolean isPlain(Shape shape) {
    return !(shape instanceof Shape.Structure
        || shape instanceof Shape.Listing
        || shape instanceof Shape.Mapping);
  }

  private static String lower(String name) {
    return Character.toLowerCase(name.charAt(0)) + name.substring(1);
  }
}
