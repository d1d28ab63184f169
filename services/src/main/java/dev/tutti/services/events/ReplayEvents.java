package dev.tutti.services.events;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.events.Archive;
import dev.tutti.core.events.ArchiveArn;
import dev.tutti.core.events.BusArn;
import dev.tutti.core.events.EventCommand;
import dev.tutti.core.events.Events;
import dev.tutti.core.events.Replays;
import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.Ids;
import dev.tutti.core.kernel.Reply;
import dev.tutti.host.Reader.Row;
import dev.tutti.services.Exchange;
import dev.tutti.services.Operation;
import dev.tutti.wire.ServiceError;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * One step of a replay: reads the log's next rows and has their events matched once more. Not an
 * operation of AWS's: replays alone call it.
 *
 * <p>Input: {@code ReplayName}, {@code Source} (ARN of an archive, or of the bus), {@code Era},
 * {@code EventBusArn}, {@code FromMillis}, {@code ToMillis} (of the events' own times), {@code
 * Cursor}, {@code Rules}. Output: {@code Cursor}, {@code Events}, {@code LastMillis}, {@code Done}.
 */
final class ReplayEvents implements Operation {
  /** Most rows that a step passes over to find its events. */
  private static final int MAX_ROWS = 20_000;

  /**
   * Most events that are matched at the same time: what else goes on has its turn between. Where
   * order counts they are matched one after the other.
   */
  private static final int WAVE = 64;

  private final BusQuestions questions;
  private final ArchiveOperations archives;
  private final LongSupplier clock;

  ReplayEvents(BusQuestions questions, ArchiveOperations archives, LongSupplier clock) {
    this.questions = questions;
    this.archives = archives;
    this.clock = clock;
  }

  @Override
  public JsonNode perform(Exchange exchange) {
    Log log = log(exchange);
    List<Row> wanted = new ArrayList<>();
    List<String> cursor = Members.texts(exchange.input().path("Cursor"));
    boolean done = false;
    int passed = 0;
    while (!done && wanted.size() < Replays.STEP_EVENTS && passed < MAX_ROWS) {
      List<Row> rows =
          exchange
              .reader()
              .rows(
                  log.table(),
                  log.prefix(),
                  log.after(cursor),
                  Replays.STEP_EVENTS - wanted.size());
      done = rows.isEmpty();
      for (Row row : rows) {
        if (log.isLater(row)) {
          done = true;
          break;
        }
        cursor = row.key();
        if (log.shows(row)) {
          wanted.add(row);
        }
      }
      passed += rows.size();
    }
    replay(exchange, log, wanted);
    ObjectNode output = Json.object().put("Events", wanted.size()).put("Done", done);
    cursor.forEach(output.putArray("Cursor")::add);
    return output.put("LastMillis", wanted.isEmpty() ? 0 : log.millis(wanted.getLast()));
  }

  private void replay(Exchange exchange, Log log, List<Row> rows) {
    JsonNode input = exchange.input();
    EventCommand command =
        new EventCommand.Replay(
            Members.required(input, "ReplayName"),
            Members.texts(input.path("Rules")),
            log.table().equals(Events.LOG));
    List<Exchange.Sent> sent =
        rows.stream()
            .map(row -> new Exchange.Sent(Events.key(log.bus(), row.key().getLast()), command))
            .toList();
    int wave = questions.hasFifoTargets(exchange, log.bus()) ? 1 : WAVE;
    for (int from = 0; from < sent.size(); from += wave) {
      for (Reply reply : exchange.sendAll(sent.subList(from, Math.min(from + wave, sent.size())))) {
        if (reply instanceof Reply.Refused refused) {
          throw new ServiceError(refused.code(), refused.message());
        }
      }
    }
  }

  private Log log(Exchange exchange) {
    JsonNode input = exchange.input();
    BusArn bus = BusArn.parse(Members.required(input, "EventBusArn")).orElseThrow();
    long from = input.path("FromMillis").asLong();
    long to = input.path("ToMillis").asLong();
    long accepted = input.path("AcceptedMillis").asLong(Long.MAX_VALUE);
    String source = Members.required(input, "Source");
    if (source.equals(bus.text())) {
      return new Log(bus, Events.LOG, List.of(source), from, from, to, accepted);
    }
    Archive archive = archives.archive(exchange, ArchiveArn.parse(source).orElseThrow());
    long era = input.path("Era").asLong();
    if (!archive.exists() || archive.era() != era) {
      throw new ServiceError("ResourceNotFoundException", "The archive was deleted.");
    }
    return new Log(
        bus,
        Events.ARCHIVED,
        List.of(source, Ids.sortable(era)),
        archive.keptSinceMillis(clock.getAsLong()),
        from,
        to,
        accepted);
  }

  /**
   * Where the rows are, and which count. All times are epoch milliseconds.
   *
   * @param keptMillis when the first that is still kept was accepted
   * @param fromMillis the first time of an event
   * @param toMillis the last one
   * @param acceptedMillis when the last that counts was accepted: what comes later may be as old as
   *     it says, and there might never be an end of it
   */
  private record Log(
      BusArn bus,
      String table,
      List<String> prefix,
      long keptMillis,
      long fromMillis,
      long toMillis,
      long acceptedMillis) {

    List<String> after(List<String> cursor) {
      if (!cursor.isEmpty()) {
        return cursor;
      }
      List<String> start = new ArrayList<>(prefix);
      start.add(Ids.sortable(Math.max(0, keptMillis - 1)));
      return start;
    }

    /** When a row's event was accepted. */
    long millis(Row row) {
      return Long.parseLong(row.key().get(prefix.size()));
    }

    boolean isLater(Row row) {
      return millis(row) > acceptedMillis;
    }

    /** An event's own time counts, in seconds; where it has none, when it was accepted. */
    boolean shows(Row row) {
      String time = row.value().path("time").asText();
      long accepted = millis(row);
      long millis = time.isEmpty() ? accepted : Instant.parse(time).toEpochMilli();
      return millis >= fromMillis && millis <= toMillis;
    }
  }
}
