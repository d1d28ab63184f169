package dev.tutti.host;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Codec;
import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.Cause;
import dev.tutti.core.kernel.Fact;
import dev.tutti.core.kernel.Key;
import dev.tutti.core.kernel.Recorded;
import dev.tutti.core.kernel.Reply;

/** The stored form of facts, unsettled effects and replies: JSON in UTF-8. */
final class Records {
  static final Codec<Owed> OWED = new Codec<>(Owed.class);
  static final Codec<Reply> REPLIES = new Codec<>(Reply.class);

  private Records() {}

  static <F extends Fact> byte[] fact(Recorded<F> recorded, Codec<F> codec) {
    ObjectNode record = Json.object();
    record.put("at", recorded.millis());
    record.put("root", recorded.cause().root());
    record.put("parent", recorded.cause().parent());
    record.put("origin", recorded.cause().origin());
    record.set("fact", codec.encode(recorded.fact()));
    return Json.bytes(record);
  }

  static long millis(byte[] fact) {
    return Json.parse(fact).path("at").longValue();
  }

  static <F extends Fact> Recorded<F> fact(Key key, long seq, byte[] value, Codec<F> codec) {
    JsonNode record = Json.parse(value);
    return new Recorded<>(
        key,
        seq,
        record.path("at").longValue(),
        new Cause(
            record.path("root").textValue(),
            record.path("parent").textValue(),
            record.path("origin").textValue()),
        codec.decode(record.path("fact")));
  }
}
