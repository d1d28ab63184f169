package dev.tutti.host;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.json.Codec;
import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.Cause;
import dev.tutti.core.kernel.Key;
import dev.tutti.core.kernel.Request;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The stored form of unsettled effects: JSON in UTF-8, {@code {"Mail": {cause, to, command}}},
 * {@code {"Timer": {cause, atMillis, command}}}, {@code {"Outgoing": {…}}}. A command is written by
 * its domain's codec, without a tree in between, as every transition writes some.
 */
final class OwedRecords {
  private static final String MAIL = "Mail";
  private static final String TIMER = "Timer";
  private static final String OUTGOING = "Outgoing";

  private static final Codec<Cause> CAUSES = new Codec<>(Cause.class);
  private static final Codec<Key> KEYS = new Codec<>(Key.class);
  private static final Codec<Call> CALLS = new Codec<>(Call.class);

  private final Domains domains;

  /** An {@link Owed.Outgoing}. */
  private record Call(
      Cause cause, String lane, Request request, @Nullable Long patientUntilMillis) {}

  OwedRecords(Domains domains) {
    this.domains = domains;
  }

  byte[] write(OwedId id, Owed owed) {
    return Json.bytes(json -> {
      json.writeStartObject();
      switch (owed) {
        case Owed.Mail mail -> {
          json.writeObjectFieldStart(MAIL);
          writeCause(mail.cause(), json);
          json.writeFieldName("to");
          KEYS.write(mail.to(), json);
          json.writeFieldName("command");
          domains.of(mail.to().kind()).write(mail.command(), json);
          json.writeEndObject();
        }
        case Owed.Timer timer -> {
          json.writeObjectFieldStart(TIMER);
          writeCause(timer.cause(), json);
          json.writeNumberField("atMillis", timer.atMillis());
          json.writeFieldName("command");
          domains.of(id.owner().kind()).write(timer.command(), json);
          json.writeEndObject();
        }
        case Owed.Outgoing call -> {
          json.writeFieldName(OUTGOING);
          CALLS.write(
              new Call(call.cause(), call.lane(), call.request(), call.patientUntilMillis()), json);
        }
      }
      json.writeEndObject();
    });
  }

  private static void writeCause(Cause cause, JsonGenerator json) throws IOException {
    json.writeFieldName("cause");
    CAUSES.write(cause, json);
  }

  Owed read(OwedId id, byte[] value) {
    var only = Json.stored(value).properties().iterator().next();
    JsonNode content = only.getValue();
    return switch (only.getKey()) {
      case MAIL -> {
        Key to = KEYS.decode(content.path("to"));
        yield new Owed.Mail(cause(content), to, domains.of(to.kind()).decode(command(content)));
      }
      case TIMER ->
          new Owed.Timer(
              cause(content),
              content.path("atMillis").longValue(),
              domains.of(id.owner().kind()).decode(command(content)));
      case OUTGOING -> {
        Call call = CALLS.decode(content);
        yield new Owed.Outgoing(
            call.cause(), call.lane(), call.request(), call.patientUntilMillis());
      }
      default -> throw new IllegalStateException("unknown effect " + only.getKey() + " of " + id);
    };
  }

  private static Cause cause(JsonNode content) {
    return CAUSES.decode(content.path("cause"));
  }

  private static JsonNode command(JsonNode content) {
    return content.path("command");
  }
}
