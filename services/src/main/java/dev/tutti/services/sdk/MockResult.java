package dev.tutti.services.sdk;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.wire.ServiceError;
import dev.tutti.wire.model.Limits;
import dev.tutti.wire.model.Member;
import dev.tutti.wire.model.Operation;
import dev.tutti.wire.model.Shape;

/** Checks what a Task is made to answer against the shape of the real answer. */
public final class MockResult {
  private final boolean strict;

  private MockResult(boolean strict) {
    this.strict = strict;
  }

  /**
   * Members that the shape doesn't know are let pass, since services grow.
   *
   * @param strict whether required members have to be there
   * @throws ServiceError ValidationException
   */
  public static void check(Operation operation, JsonNode result, boolean strict) {
    new MockResult(strict).structure(operation.output(), result, operation.name());
  }

  private void structure(Shape.Structure shape, JsonNode value, String field) {
    if (!value.isObject()) {
      throw wrong(field, "must be an object");
    }
    if (strict) {
      for (String name : shape.required()) {
        if (!value.has(Names.pascal(name))) {
          throw invalid("Required field '" + Names.pascal(name) + "' is missing");
        }
      }
    }
    for (Member member : shape.members().values()) {
      JsonNode given = value.get(Names.pascal(member.name()));
      if (given != null && !member.printedOnly()) {
        value(member.shape(), given, Names.pascal(member.name()));
      }
    }
  }

  private void value(Shape shape, JsonNode value, String field) {
    switch (shape) {
      case Shape.Structure structure -> structure(structure, value, field);
      case Shape.Listing listing -> {
        require(value.isArray(), field, "must be an array");
        value.forEach(each -> value(listing.element().shape(), each, field));
      }
      case Shape.Mapping mapping -> {
        require(value.isObject(), field, "must be an object");
        value.forEach(each -> value(mapping.value().shape(), each, field));
      }
      case Shape.Text text -> {
        require(value.isTextual(), field, "must be a string");
        length(text.length(), value, field);
        require(
            text.values().isEmpty() || text.values().contains(value.asText()),
            field,
            "is not an expected value");
      }
      case Shape.Blob blob -> {
        require(value.isTextual(), field, "must be a string");
        length(blob.length(), value, field);
      }
      case Shape.Timestamp _ -> require(value.isTextual(), field, "must be a string");
      case Shape.Flag _ -> require(value.isBoolean(), field, "must be a boolean");
      case Shape.Whole whole -> number(whole.value(), value.isIntegralNumber(), value, field);
      case Shape.Decimal decimal -> number(decimal.value(), value.isNumber(), value, field);
    }
  }

  private static void number(Limits limits, boolean right, JsonNode value, String field) {
    require(right, field, "must be a number");
    require(value.doubleValue() >= limits.min(), field, "is less than the minimum value");
    require(value.doubleValue() <= limits.max(), field, "exceeds the maximum value");
  }

  private static void length(Limits limits, JsonNode value, String field) {
    int length = value.asText().length();
    require(length >= limits.min(), field, "is smaller than the minimum length");
    require(length <= limits.max(), field, "exceeds the maximum length");
  }

  private static void require(boolean right, String field, String what) {
    if (!right) {
      throw wrong(field, what);
    }
  }

  private static ServiceError wrong(String field, String what) {
    return invalid("Field '" + field + "' " + what);
  }

  private static ServiceError invalid(String what) {
    return new ServiceError("ValidationException", "Mock result schema validation error: " + what);
  }
}
