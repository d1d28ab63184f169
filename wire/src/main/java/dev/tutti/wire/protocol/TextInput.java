package dev.tutti.wire.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.tutti.core.json.Json;
import dev.tutti.wire.ServiceError;
import dev.tutti.wire.model.Shape;
import java.math.BigDecimal;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads plain values that come as text: form parameters, headers, parts of a path. */
final class TextInput {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private TextInput() {}

  /** The error of a text that is no value of the shape is made by {@code refusal}. */
  static JsonNode read(
      Shape shape,
      @Nullable String timestampFormat,
      String text,
      Function<String, ServiceError> refusal) {
    try {
      return switch (shape) {
        case Shape.Text _ -> Json.text(text);
        case Shape.Blob _ -> JsonInput.value(shape, null, Json.text(text));
        case Shape.Whole whole ->
            whole.wide()
                ? NODES.numberNode(Long.parseLong(text))
                : NODES.numberNode(Integer.parseInt(text));
        case Shape.Decimal _ -> NODES.numberNode(new BigDecimal(text));
        case Shape.Flag _ -> flag(text, refusal);
        case Shape.Timestamp _ ->
            Timestamps.read(timestampFormat == null ? "unixTimestamp" : timestampFormat, text);
        case Shape.Structure _, Shape.Listing _, Shape.Mapping _ ->
            throw refusal.apply("Unexpected field type");
      };
    } catch (NumberFormatException e) {
      throw refusal.apply(
          "STRING_VALUE can not be converted to "
              + (shape instanceof Shape.Whole whole
                  ? whole.wide() ? "a Long" : "an Integer"
                  : "a Double"));
    }
  }

  private static JsonNode flag(String text, Function<String, ServiceError> refusal) {
    return switch (text) {
      case "true", "True", "TRUE" -> NODES.booleanNode(true);
      case "false", "False", "FALSE" -> NODES.booleanNode(false);
      default -> throw refusal.apply("STRING_VALUE can not be converted to a Boolean");
    };
  }
}
