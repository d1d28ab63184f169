package dev.tutti.core.events;

import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.Decider;
import dev.tutti.core.kernel.Decision;
import dev.tutti.core.kernel.Effect;
import dev.tutti.core.kernel.Key;
import dev.tutti.core.kernel.Moment;
import dev.tutti.core.kernel.Outcome;
import dev.tutti.core.kernel.Recorded;
import java.util.List;

/**
 * Decides where logs begin, aggregate kind {@code log-keeper}, whose id is a bus's ARN, or an
 * archive's with its era behind a {@code #}. The state is the key of the last row that was removed;
 * empty where none was.
 *
 * <p>A fact and the removal of the rows it names are one commit, so after a crash a log begins
 * where it says. Rows alone are removed: facts stay, since states are folded from them and each
 * shard's chain of hashes goes over all.
 */
public final class LogKeepers implements Decider<List<String>, LogKeeperCommand, LogKeeperFact> {
  public static final String KIND = "log-keeper";

  /** Where logs begin that were trimmed: id of the keeper. The value is the last key removed. */
  public static final String STARTS = "log-starts";

  private static final char ERA = '#';

  /** Of a bus's log. */
  public static Key key(BusArn bus) {
    return new Key(KIND, bus.text());
  }

  /** Of what an archive shows. */
  public static Key key(ArchiveArn archive, long era) {
    return new Key(KIND, archive.text() + ERA + era);
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Class<LogKeeperCommand> commands() {
    return LogKeeperCommand.class;
  }

  @Override
  public Class<LogKeeperFact> facts() {
    return LogKeeperFact.class;
  }

  @Override
  public List<String> blank(Key key) {
    return List.of();
  }

  @Override
  public Decision<LogKeeperCommand, LogKeeperFact> decide(
      List<String> start, LogKeeperCommand command, Moment moment) {
    return switch (command) {
      case LogKeeperCommand.Trim trim ->
          (isAfter(trim.through(), start)
                  ? Decision.<LogKeeperCommand, LogKeeperFact>of(
                      new LogKeeperFact.Trimmed(trim.table(), trim.through(), trim.rows()))
                  : Decision.<LogKeeperCommand, LogKeeperFact>none())
              .replying();
    };
  }

  /** Whether a key is behind another of the same log. */
  private static boolean isAfter(List<String> key, List<String> other) {
    return String.join("\0", key).compareTo(String.join("\0", other)) > 0;
  }

  @Override
  public List<String> apply(List<String> start, Recorded<LogKeeperFact> recorded) {
    return switch (recorded.fact()) {
      case LogKeeperFact.Trimmed fact -> List.copyOf(fact.through());
    };
  }

  @Override
  public List<Effect> effects(List<String> start, Recorded<LogKeeperFact> recorded) {
    return List.of();
  }

  @Override
  public LogKeeperCommand outcome(String call, Outcome outcome) {
    throw new IllegalStateException("a keeper makes no calls: " + call);
  }

  @Override
  public void index(List<String> start, Recorded<LogKeeperFact> recorded, Rows rows) {
    switch (recorded.fact()) {
      case LogKeeperFact.Trimmed fact -> {
        List<String> through = fact.through();
        rows.deleteThrough(fact.table(), through.subList(0, through.size() - 2), through);
        var last = Json.array();
        through.forEach(last::add);
        rows.put(STARTS, List.of(recorded.key().id()), last);
      }
    }
  }
}
