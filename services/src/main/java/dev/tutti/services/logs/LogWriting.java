package dev.tutti.services.logs;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.json.Json;
import dev.tutti.core.logs.Group;
import dev.tutti.core.logs.LogStreams;
import dev.tutti.core.logs.StreamCommand;
import dev.tutti.services.Exchange;
import dev.tutti.services.Operation;
import dev.tutti.wire.ServiceError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * Writes log streams.
 *
 * <p>{@code WriteEvent} isn't AWS's: by it a rule's delivery puts an event into a stream of its
 * own, in one step. Input: {@code logGroupName}, {@code logStreamName}, {@code message}.
 */
final class LogWriting {
  private static final long DAY_MILLIS = 24L * 60 * 60 * 1000;
  private static final long OLDEST_MILLIS = 14 * DAY_MILLIS;

  /** So far ahead of the clock may an event's time be. */
  static final long NEWEST_MILLIS = 2 * 60 * 60 * 1000;

  private static final String INVALID = "InvalidParameterException";

  private final Function<Exchange, Group> groups;
  private final LongSupplier clock;

  LogWriting(Function<Exchange, Group> groups, LongSupplier clock) {
    this.groups = groups;
    this.clock = clock;
  }

  Map<String, Operation> operations() {
    return Map.of(
        "CreateLogStream", this::create, "PutLogEvents", this::put, "WriteEvent", this::write);
  }

  private JsonNode create(Exchange exchange) {
    return send(exchange, new StreamCommand.Create());
  }

  private JsonNode send(Exchange exchange, StreamCommand command) {
    String stream = exchange.input().path("logStreamName").asText();
    return exchange.ask(LogStreams.key(groups.apply(exchange), stream), command);
  }

  private JsonNode put(Exchange exchange) {
    List<StreamCommand.Entry> entries = new ArrayList<>();
    long lastMillis = 0;
    for (JsonNode event : exchange.input().path("logEvents")) {
      long millis = event.path("timestamp").asLong();
      if (millis < lastMillis) {
        throw new ServiceError(
            INVALID, "Log events in a single PutLogEvents request must be in chronological order.");
      }
      lastMillis = millis;
      entries.add(new StreamCommand.Entry(millis, event.path("message").asText()));
    }
    long nowMillis = clock.getAsLong();
    long keptFrom = Shelf.keptFrom(groups.apply(exchange), nowMillis);
    int tooOld = count(entries, entry -> entry.millis() < nowMillis - OLDEST_MILLIS);
    int expired = count(entries, entry -> entry.millis() < keptFrom);
    int old = Math.max(tooOld, expired);
    int fresh = count(entries, entry -> entry.millis() > nowMillis + NEWEST_MILLIS);
    List<StreamCommand.Entry> taken = entries.subList(old, entries.size() - fresh);
    send(exchange, new StreamCommand.Append(List.copyOf(taken)));
    var output = Json.object().put("nextSequenceToken", exchange.id("sequence"));
    if (taken.size() < entries.size()) {
      var rejected = output.putObject("rejectedLogEventsInfo");
      if (tooOld > 0) {
        rejected.put("tooOldLogEventEndIndex", tooOld);
      }
      if (expired > 0) {
        rejected.put("expiredLogEventEndIndex", expired);
      }
      if (fresh > 0) {
        rejected.put("tooNewLogEventStartIndex", entries.size() - fresh);
      }
    }
    return output;
  }

  private static int count(
      List<StreamCommand.Entry> entries, Predicate<StreamCommand.Entry> wanted) {
    return (int) entries.stream().filter(wanted).count();
  }

  private JsonNode write(Exchange exchange) {
    String message = exchange.input().path("message").asText();
    return send(
        exchange,
        new StreamCommand.Write(List.of(new StreamCommand.Entry(clock.getAsLong(), message))));
  }
}
