package dev.tutti.host;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
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

/** The stored form of facts, unsettled effects and replies: JSON in UTF-8. */
final class Records {
  private static final Codec<Owed> OWED = new Codec<>(Owed.class);
  private static final Codec<Reply> REPLIES = new Codec<>(Reply.class);

  private Records() {}

  static byte[] owed(Owed owed) {
    return OWED.bytes(owed);
  }

  static Owed owed(byte[] value) {
    return OWED.decode(value);
  }

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
    return Json.stored(turn).path("at").longValue();
  }

  /**
   * The facts of a turn.
   *
   * @param first number of the first
   */
  static <F extends Fact> List<Recorded<F>> turn(
      Key key, long first, byte[] value, Codec<F> codec) {
    JsonNode turn = Json.stored(value);
    long millis = turn.path("at").longValue();
    Cause cause =
        new Cause(
            turn.path("root").textValue(),
            turn.path("parent").textValue(),
            turn.path("origin").textValue(),
            turn.path("lineage").textValue());
    JsonNode facts = turn.path("facts");
    List<Recorded<F>> recorded = new ArrayList<>(facts.size());
    for (JsonNode fact : facts) {
      recorded.add(new Recorded<>(key, first + recorded.size(), millis, cause, codec.decode(fact)));
    }
    return recorded;
  }
}
