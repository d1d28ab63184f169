package dev.tutti.deploy.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/**
 * A value of a template and where it stands. A scalar keeps its text as written, so that an account
 * number keeps its leading zero wherever text is asked for.
 */
public sealed interface Node {
  Place place();

  /** What a scalar is where its own type matters. */
  enum Kind {
    TEXT,
    NUMBER,
    BOOLEAN,
    NULL,
    /** {@code AWS::NoValue}: whatever holds it is left out. */
    NO_VALUE,
    /** Couldn't be evaluated; the problem has been reported, nothing more is to be said. */
    UNKNOWN
  }

  /** A single value. */
  record Scalar(Place place, Kind kind, String text) implements Node {}

  /** A list. */
  record Items(Place place, List<Node> items) implements Node {}

  /** A mapping, in the file's order. */
  record Fields(Place place, Map<String, Field> fields) implements Node {}

  /** A mapping's value and where its key stands. */
  record Field(Place place, Node value) {}

  /** A text that stands at a place. */
  static Scalar text(Place place, String text) {
    return new Scalar(place, Kind.TEXT, text);
  }

  /** Stands for what couldn't be evaluated. */
  static Scalar unknown(Place place) {
    return new Scalar(place, Kind.UNKNOWN, "unknown");
  }

  /** Whether this, or anything in it, couldn't be evaluated. */
  default boolean isUnknown() {
    return switch (this) {
      case Scalar scalar -> scalar.kind() == Kind.UNKNOWN;
      case Items items -> items.items().stream().anyMatch(Node::isUnknown);
      case Fields fields ->
          fields.fields().values().stream().anyMatch(field -> field.value().isUnknown());
    };
  }

  /** The same value as JSON: numbers with their digits, everything else by its kind. */
  default JsonNode json() {
    return switch (this) {
      case Scalar scalar -> scalarJson(scalar);
      case Items items -> {
        ArrayNode array = Json.array();
        items.items().forEach(item -> array.add(item.json()));
        yield array;
      }
      case Fields fields -> {
        ObjectNode object = Json.object();
        fields.fields().forEach((name, field) -> object.set(name, field.value().json()));
        yield object;
      }
    };
  }

  private static JsonNode scalarJson(Scalar scalar) {
    return switch (scalar.kind()) {
      case TEXT, UNKNOWN -> Json.text(scalar.text());
      case NUMBER -> DecimalNode.valueOf(new BigDecimal(scalar.text()));
      case BOOLEAN -> BooleanNode.valueOf(Boolean.parseBoolean(scalar.text()));
      case NULL, NO_VALUE -> NullNode.getInstance();
    };
  }
}
