package dev.tutti.services.sns;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.messaging.NoticeCommand;
import dev.tutti.services.MessageAttributes;
import dev.tutti.wire.ServiceError;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads what a request publishes, wherever it goes. */
final class Contents {
  private static final int MAX_SUBJECT = 100;
  private static final Pattern TYPE = Pattern.compile("(String|Number|Binary)(\\..+)?");

  private Contents() {}

  /**
   * The message by protocol. Of a member that stands there twice the last one counts, as in SNS.
   *
   * @param maxBytes how large it may be, with its attributes
   * @param keys one of which has to be there where the message has a text for each protocol
   */
  static Map<String, String> messages(JsonNode input, int maxBytes, String... keys) {
    String message = input.path("Message").asText();
    if (message.isEmpty()) {
      throw Errors.invalid("Empty message");
    }
    if (bytes(input) > maxBytes) {
      throw Errors.invalid("Message too long");
    }
    if (!input.path("MessageStructure").asText().equals("json")) {
      return Map.of("default", message);
    }
    Map<String, String> messages = new LinkedHashMap<>();
    StructuredMessage.parse(message).forEach(messages::put);
    if (Stream.of(keys).noneMatch(messages::containsKey)) {
      throw Errors.invalid("Message Structure - No default entry in JSON message body");
    }
    return messages;
  }

  static @Nullable String subject(JsonNode input) {
    if (!input.hasNonNull("Subject")) {
      return null;
    }
    String subject = input.get("Subject").asText();
    if (subject.isEmpty()
        || subject.length() > MAX_SUBJECT
        || subject.chars().anyMatch(Character::isISOControl)) {
      throw Errors.invalid("Subject");
    }
    return subject;
  }

  static Map<String, NoticeCommand.Attribute> attributes(JsonNode given) {
    Map<String, NoticeCommand.Attribute> attributes = new LinkedHashMap<>();
    for (var each : given.properties()) {
      String type = each.getValue().path("DataType").asText();
      if (!TYPE.matcher(type).matches()) {
        throw new ServiceError(
            "ParameterValueInvalid",
            "The message attribute '"
                + each.getKey()
                + "' has an invalid message attribute type, the set of supported type prefixes is"
                + " Binary, Number, and String.");
      }
      String member = type.startsWith("Binary") ? "BinaryValue" : "StringValue";
      String value = each.getValue().path(member).asText();
      if (value.isEmpty()) {
        throw new ServiceError(
            "ParameterValueInvalid",
            "The message attribute '"
                + each.getKey()
                + "' must contain non-empty message attribute value for message attribute type '"
                + type
                + "'.");
      }
      if (type.startsWith("Number") && !MessageAttributes.isNumber(value)) {
        throw new ServiceError(
            "ParameterValueInvalid",
            "Could not cast message attribute '" + each.getKey() + "' value to number.");
      }
      attributes.put(each.getKey(), new NoticeCommand.Attribute(type, value));
    }
    return attributes;
  }

  /** How much a message counts against the limits. */
  static int bytes(JsonNode input) {
    return MessageAttributes.bytes(input.path("Message").asText(), input.path("MessageAttributes"));
  }
}
