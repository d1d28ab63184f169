package dev.tutti.host;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.tutti.core.json.Codec;
import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.Cause;
import dev.tutti.core.kernel.Fact;
import dev.tutti.core.kernel.Key;
import dev.tutti.core.kernel.Recorded;
import dev.tutti.core.kernel.Reply;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The stored form of facts and replies: JSON in UTF-8. */
final class Records {
  private static final Codec<Reply> REPLIES = new Codec<>(Reply.class);

  private Records() {}

  static byte[] reply(Reply reply) {
    return REPLIES.bytes(reply);
  }

  static Reply reply(byte[] value) {
    return REPLIES.decode(value);
  }

  /**
   * The facts of one turn, which have their time and cause in common, as one record: {@code {at,
   * root, parent, origin, lineage, facts: […]}}, without a lineage where there is none.
   */
  static <F extends Fact> byte[] turn(List<Recorded<F>> facts, Codec<F> codec) {
    Recorded<F> first = facts.getFirst();
    return Json.bytes(json -> {
      json.writeStartObject();
      json.writeNumberField("at", first.millis());
      json.writeStringField("root", first.cause().root());
      json.writeStringField("parent", first.cause().parent());
      json.writeStringField("origin", first.cause().origin());
      if (first.cause().lineage() != null) {
        json.writeStringField("lineage", first.cause().lineage());
      }
      json.writeArrayFieldStart("facts");
      writeAll(facts, codec, json);
      json.writeEndArray();
      json.writeEndObject();
    });
  }

  private static <F extends Fact> void writeAll(
      List<Recorded<F>> facts, Codec<F> codec, JsonGenerator json) throws IOException {
    for (Recorded<F> recorded : facts) {
      codec.write(recorded.fact(), json);
    }
  }

  /** When a turn was decided, epoch milliseconds. */
  static long millis(byte[] turn) {
    return Json.stored(
        turn,
        json -> {
          json.nextToken();
          for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            json.nextToken();
            if (name.equals("at")) {
              return json.getLongValue();
            }
            json.skipChildren();
          }
          throw new IllegalStateException("a turn without its time");
        });
  }

  /**
   * The facts of a turn.
   *
   * @param first number of the first
   */
  static <F extends Fact> List<Recorded<F>> turn(
      Key key, long first, byte[] value, Codec<F> codec) {
    return Json.stored(
        value,
        json -> {
          long millis = 0;
          String root = "";
          String parent = "";
          String origin = "";
          @Nullable String lineage = null;
          List<F> facts = List.of();
          json.nextToken();
          for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            json.nextToken();
            switch (name) {
              case "at" -> millis = json.getLongValue();
              case "root" -> root = json.getText();
              case "parent" -> parent = json.getText();
              case "origin" -> origin = json.getText();
              case "lineage" -> lineage = json.getText();
              case "facts" -> facts = facts(json, codec);
              default -> json.skipChildren();
            }
          }
          return recorded(key, first, millis, new Cause(root, parent, origin, lineage), facts);
        });
  }

  private static <F> List<F> facts(JsonParser json, Codec<F> codec) throws IOException {
    List<F> facts = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      facts.add(codec.read(json));
    }
    return facts;
  }

  private static <F extends Fact> List<Recorded<F>> recorded(
      Key key, long first, long millis, Cause cause, List<F> facts) {
    List<Recorded<F>> recorded = new ArrayList<>(facts.size());
    for (F fact : facts) {
      recorded.add(new Recorded<>(key, first + recorded.size(), millis, cause, fact));
    }
    return recorded;
  }
}
