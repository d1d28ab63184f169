package dev.tutti.core.logs;

import dev.tutti.core.kernel.Command;
import java.util.List;

/** What somebody wants of a log stream. */
public sealed interface StreamCommand extends Command {
  record Create() implements StreamCommand {}

  /** Adds entries to a stream that is there. */
  record Append(List<Entry> entries) implements StreamCommand {}

  /** Adds entries to a stream, which is created where it isn't there. */
  record Write(List<Entry> entries) implements StreamCommand {}

  /**
   * A log entry.
   *
   * @param millis the writer's time, epoch milliseconds
   */
  record Entry(long millis, String message) {}
}
