package dev.tutti.core.events;

import dev.tutti.core.kernel.Command;
import dev.tutti.core.kernel.Outcome;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What somebody wants of a replay. */
public sealed interface ReplayCommand extends Command {

  /**
   * Begins to send events again.
   *
   * @param source ARN of the archive, or of the bus itself, whose log it is read from then
   * @param era of the archive; 0 for a bus
   * @param bus whose rules get the events
   * @param fromMillis the first moment of the events, epoch milliseconds
   * @param toMillis the last one
   * @param rules ARNs of the rules that get them; empty for all of the bus
   */
  record Start(
      String source,
      long era,
      String bus,
      @Nullable String description,
      long fromMillis,
      long toMillis,
      List<String> rules)
      implements ReplayCommand {}

  /** A step's end. */
  record Stepped(int step, Outcome outcome) implements ReplayCommand {}

  /** The time of a further step has come. */
  record Continue(int step) implements ReplayCommand {}

  record Cancel() implements ReplayCommand {}
}
