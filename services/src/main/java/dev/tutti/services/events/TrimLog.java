package dev.tutti.services.events;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.events.ArchiveArn;
import dev.tutti.core.events.BusArn;
import dev.tutti.core.events.Events;
import dev.tutti.core.events.LogKeeperCommand;
import dev.tutti.core.events.LogKeepers;
import dev.tutti.core.events.Replay;
import dev.tutti.core.events.Replays;
import dev.tutti.core.events.Retention;
import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.Ids;
import dev.tutti.core.kernel.Key;
import dev.tutti.host.Reader;
import dev.tutti.host.Reader.Row;
import dev.tutti.services.Exchange;
import dev.tutti.services.Operation;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;

/**
 * Removes the oldest rows of a bus's log, or of what an archive shows, a bounded number at a time.
 * Not an operation of AWS's: the runtime's own sweep calls it, again and again while there is more.
 *
 * <p>What a replay that is under way has not come to stays, and so does what a stream that is being
 * read has. Deliveries need no rows: each has its payload.
 *
 * <p>Input: {@code Bus}, or {@code Archive} and {@code Era}; {@code Millis} and {@code Bytes} as in
 * {@link Retention}. Output: {@code Rows} that went, and whether there is {@code More}.
 */
final class TrimLog implements Operation {
  /** The operation's name. */
  static final String NAME = "TrimLog";

  private static final int MOST = 500;
  private static final int MAX_REPLAYS = 100_000;

  private final Replays replays;
  private final ToLongFunction<String> listened;
  private final LogTally tally = new LogTally();
  private final LongSupplier clock;

  /**
   * Makes the operation.
   *
   * @param listened up to when the log of a bus (its ARN) has been read by all who read it now,
   *     epoch milliseconds
   * @param clock epoch milliseconds
   */
  TrimLog(Replays replays, ToLongFunction<String> listened, LongSupplier clock) {
    this.replays = replays;
    this.listened = listened;
    this.clock = clock;
  }

  /** A log: where its rows are, whose it is. */
  private record Log(String source, String table, List<String> prefix, Key keeper) {
    static Log of(JsonNode input) {
      String bus = input.path("Bus").asText();
      if (!bus.isEmpty()) {
        BusArn arn = BusArn.parse(bus).orElseThrow();
        return new Log(bus, Events.LOG, List.of(bus), LogKeepers.key(arn));
      }
      String archive = input.path("Archive").asText();
      long era = input.path("Era").asLong();
      return new Log(
          archive,
          Events.ARCHIVED,
          List.of(archive, Ids.sortable(era)),
          LogKeepers.key(ArchiveArn.parse(archive).orElseThrow(), era));
    }

    long millis(Row row) {
      return Long.parseLong(row.key().get(prefix.size()));
    }
  }

  @Override
  public JsonNode perform(Exchange exchange) {
    JsonNode input = exchange.input();
    Retention retention =
        new Retention(input.path("Millis").asLong(), input.path("Bytes").asLong());
    Log log = Log.of(input);
    long now = clock.getAsLong();
    long before = Math.min(now - Retention.SETTLED_MILLIS, needed(exchange, log));
    long tooOld = retention.millis() == 0 ? 0 : now - retention.millis();
    Reader reader = exchange.reader();
    long over =
        retention.bytes() == 0
            ? 0
            : tally.bytes(reader, log.prefix(), now - Retention.SETTLED_MILLIS) - retention.bytes();
    List<Row> rows = reader.rows(log.table(), log.prefix(), null, MOST);
    int going = 0;
    long bytes = 0;
    for (Row row : rows) {
      if (log.millis(row) >= before || (log.millis(row) >= tooOld && bytes >= over)) {
        break;
      }
      going++;
      bytes += LogTally.bytes(row);
    }
    if (going > 0) {
      exchange.ask(
          log.keeper(), new LogKeeperCommand.Trim(log.table(), rows.get(going - 1).key(), going));
      tally.trimmed(log.prefix(), bytes);
    }
    return Json.object().put("Rows", going).put("More", going == MOST);
  }

  /** The first moment that somebody still needs, epoch milliseconds. */
  private long needed(Exchange exchange, Log log) {
    long needed =
        log.table().equals(Events.LOG) ? listened.applyAsLong(log.source()) : Long.MAX_VALUE;
    List<String> owner = List.of(exchange.context(), exchange.region());
    for (Row row : exchange.reader().rows(Replays.TABLE, owner, null, MAX_REPLAYS)) {
      boolean active = Replay.State.valueOf(row.value().path("state").asText()).isActive();
      if (active && row.value().path("source").asText().equals(log.source())) {
        ArchiveArn arn =
            ArchiveArn.replay(exchange.region(), exchange.context(), row.key().getLast());
        List<String> cursor = exchange.reader().read(Replays.key(arn), replays, Replay::cursor);
        needed =
            Math.min(
                needed, cursor.isEmpty() ? 0 : Long.parseLong(cursor.get(log.prefix().size())));
      }
    }
    return needed;
  }
}
