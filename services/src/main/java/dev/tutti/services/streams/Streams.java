package dev.tutti.services.streams;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.events.BusArn;
import dev.tutti.core.events.EventFact;
import dev.tutti.core.events.Events;
import dev.tutti.core.events.LogKeepers;
import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.Key;
import dev.tutti.core.kernel.Recorded;
import dev.tutti.core.pattern.Patterns;
import dev.tutti.host.Reader;
import dev.tutti.host.Reader.Row;
import dev.tutti.wire.ServiceError;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Reads buses' logs to whoever listens, each at its own pace: a reader holds a cursor and at most
 * {@value #PAGE} rows, and asks for more when it has written those. A slow one is late and holds up
 * nobody.
 */
public final class Streams implements AutoCloseable {
  private static final int PAGE = 100;
  private static final long HEARTBEAT_MILLIS = 15_000;
  private static final long LONGEST_NAP_MILLIS = 500;

  private final Reader reader;
  private final Events events;
  private final Pulse pulse;
  private final Map<Object, Reading> readings = new ConcurrentHashMap<>();
  private volatile boolean closed;

  /**
   * @param pulse that is shown every event
   */
  public Streams(Reader reader, Events events, Pulse pulse) {
    this.reader = reader;
    this.events = events;
    this.pulse = pulse;
  }

  /**
   * What somebody listens to.
   *
   * @param pattern an event pattern; empty for all events
   * @param limit ends after so many events
   */
  public record Listening(BusArn bus, Cursor from, String pattern, long limit) {}

  /** How far somebody has read. */
  private record Reading(String bus, long millis) {}

  /** Where events are written; what it throws ends the stream. */
  public interface Listener {
    void event(Cursor cursor, ObjectNode cloudEvent) throws IOException;

    /** Nothing new for a while. */
    void heartbeat(Cursor cursor) throws IOException;
  }

  /** Where a bus's log ends now. */
  public long nowMillis() {
    return pulse.horizonMillis(reader);
  }

  /**
   * Up to when the log of a bus has been read by all who read it now, epoch milliseconds; what is
   * later is still needed.
   */
  public long readUpToMillis(String bus) {
    return readings.values().stream()
        .filter(reading -> reading.bus().equals(bus))
        .mapToLong(Reading::millis)
        .min()
        .orElse(Long.MAX_VALUE);
  }

  /**
   * Returns where a log can be read on from a place.
   *
   * @throws ServiceError where events behind it are gone
   */
  public void check(BusArn bus, Cursor from) {
    Cursor start = start(bus.text());
    if (from.isBefore(start) && !from.equals(Cursor.beginning())) {
      throw new ServiceError(
          "CursorExpired",
          "The log of "
              + bus.text()
              + " begins after "
              + start
              + ": events after "
              + from
              + " are gone. from=beginning reads what there is.",
          410);
    }
  }

  /** After what was removed. */
  private Cursor start(String bus) {
    List<Row> rows = reader.rows(LogKeepers.STARTS, List.of(bus), null, 1);
    if (rows.isEmpty()) {
      return Cursor.beginning();
    }
    List<String> key = new ArrayList<>();
    rows.getFirst().value().forEach(part -> key.add(part.asText()));
    return Cursor.at(key);
  }

  /** Writes events in the order of the log until the limit, the listener's end or ours. */
  public void run(Listening listening, Listener listener) throws IOException, InterruptedException {
    Object reading = new Object();
    readings.put(reading, new Reading(listening.bus().text(), listening.from().millis()));
    try {
      read(reading, listening, listener);
    } finally {
      readings.remove(reading);
    }
  }

  private void read(Object reading, Listening listening, Listener listener)
      throws IOException, InterruptedException {
    check(listening.bus(), listening.from());
    Cursor cursor = listening.from();
    String bus = listening.bus().text();
    long written = 0;
    long quietSince = System.nanoTime();
    while (!closed && written < listening.limit()) {
      long seen = pulse.beats();
      long horizon = pulse.horizonMillis(reader);
      List<Row> rows = reader.rows(Events.LOG, List.of(bus), cursor.key(bus), PAGE);
      Cursor before = cursor;
      readings.put(reading, new Reading(bus, cursor.millis()));
      for (Row row : rows) {
        Cursor at = Cursor.at(row.key());
        if (at.millis() > horizon || written == listening.limit()) {
          break;
        }
        Optional<ObjectNode> event = read(listening, at);
        if (event.isPresent()) {
          listener.event(at, event.get());
          written++;
          quietSince = System.nanoTime();
        }
        cursor = at;
      }
      if (cursor.equals(before)) {
        pulse.await(seen, LONGEST_NAP_MILLIS);
      }
      if ((System.nanoTime() - quietSince) / 1_000_000 >= HEARTBEAT_MILLIS) {
        listener.heartbeat(cursor);
        quietSince = System.nanoTime();
      }
    }
  }

  private Optional<ObjectNode> read(Listening listening, Cursor at) {
    BusArn bus = listening.bus();
    Key key = Events.key(bus, at.event());
    for (Recorded<EventFact> recorded : reader.facts(key, events, 1, 1)) {
      if (recorded.fact() instanceof EventFact.Accepted accepted
          && (listening.pattern().isEmpty()
              || Patterns.matches(listening.pattern(), Json.write(accepted.event())))) {
        return Optional.of(
            CloudEvents.of(
                accepted.event(), bus.text(), recorded.cause(), key.span(recorded.seq())));
      }
    }
    return Optional.empty();
  }

  /** Ends all streams. */
  @Override
  public void close() {
    closed = true;
    pulse.beat();
  }
}
