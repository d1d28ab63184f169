package dev.tutti.services.sns;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a message with one text for each protocol. Looser than the rest of this program, as SNS is:
 * a name may stand there twice, and values that aren't texts are passed over.
 */
final class StructuredMessage {
  private static final Logger LOG = LoggerFactory.getLogger(StructuredMessage.class);
  private static final JsonFactory JSON = new JsonFactory();

  private StructuredMessage() {}

  static Map<String, String> parse(String message) {
    Map<String, String> texts = new LinkedHashMap<>();
    try (JsonParser parser = JSON.createParser(message)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw Errors.invalid("Message Structure - JSON message body failed to parse");
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        if (parser.nextToken() == JsonToken.VALUE_STRING) {
          texts.put(name, parser.getText());
        } else {
          parser.skipChildren();
        }
      }
      if (parser.nextToken() != null) {
        throw Errors.invalid("Message Structure - JSON message body failed to parse");
      }
      return texts;
    } catch (IOException e) {
      LOG.debug("a message is no JSON", e);
      throw Errors.invalid("Message Structure - JSON message body failed to parse");
    }
  }
}
