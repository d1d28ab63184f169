package dev.tutti.services;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** What the attributes of SQS's and SNS's messages have in common. */
public final class MessageAttributes {
  private static final Pattern NUMBER =
      Pattern.compile("[-+]?+(?:[0-9]++(?:\\.[0-9]*+)?+|\\.[0-9]++)(?:[eE][-+]?+[0-9]++)?+");

  private MessageAttributes() {}

  /** Whether a text is one that an attribute of type {@code Number} may have. */
  public static boolean isNumber(String text) {
    return NUMBER.matcher(text).matches();
  }

  /**
   * How much a message counts against the limits, in bytes: its body, and the names, types and
   * values of its attributes.
   *
   * @param attributes by name; no object where there are none
   */
  public static int bytes(String body, JsonNode attributes) {
    int bytes = length(body);
    for (var each : attributes.properties()) {
      JsonNode attribute = each.getValue();
      bytes += length(each.getKey()) + length(attribute.path("DataType").asText());
      bytes +=
          attribute.has("BinaryValue")
              ? decodedLength(attribute.path("BinaryValue").asText())
              : length(attribute.path("StringValue").asText());
    }
    return bytes;
  }

  private static int length(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  private static int decodedLength(String base64) {
    int padding = base64.endsWith("==") ? 2 : base64.endsWith("=") ? 1 : 0;
    return base64.length() * 3 / 4 - padding;
  }
}
