package dev.tutti.simulate.judge;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.tutti.core.json.Codec;
import dev.tutti.core.kernel.Cause;
import dev.tutti.core.kernel.Fact;
import dev.tutti.core.kernel.Key;
import dev.tutti.core.kernel.Recorded;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A turn as it is stored: {@code {at, root, parent, origin, lineage, facts: […]}}, and nothing
 * else; without a lineage where there is none.
 */
final class TurnText {
  private TurnText() {}

  /**
   * Reads a turn.
   *
   * @param first number of its first fact
   */
  static List<Recorded<?>> read(JsonParser json, Key key, long first, Codec<?> codec)
      throws IOException {
    Map<String, String> texts = new HashMap<>();
    List<Object> facts = new ArrayList<>();
    long millis = Long.MIN_VALUE;
    json.nextToken();
    for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
      switch (json.nextToken()) {
        case VALUE_NUMBER_INT -> millis = json.getLongValue();
        case VALUE_STRING -> texts.put(name, json.getText());
        case START_ARRAY -> {
          while (json.nextToken() != JsonToken.END_ARRAY) {
            facts.add(codec.read(json));
          }
        }
        default -> throw new IOException("a turn has no " + name);
      }
    }
    Cause cause =
        new Cause(
            text(texts, "root"),
            text(texts, "parent"),
            text(texts, "origin"),
            texts.get("lineage"));
    List<Recorded<?>> recorded = new ArrayList<>();
    for (Object fact : facts) {
      recorded.add(new Recorded<>(key, first + recorded.size(), millis, cause, (Fact) fact));
    }
    return recorded;
  }

  private static String text(Map<String, String> texts, String name) throws IOException {
    String text = texts.get(name);
    if (text == null) {
      throw new IOException("a turn has to name its " + name);
    }
    return text;
  }
}
