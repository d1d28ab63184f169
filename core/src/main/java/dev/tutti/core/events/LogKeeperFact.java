package dev.tutti.core.events;

import dev.tutti.core.kernel.Fact;
import java.util.List;

/** What happened to a log's beginning. */
public sealed interface LogKeeperFact extends Fact {

  /** The rows through this key are gone. See {@link LogKeeperCommand.Trim}. */
  record Trimmed(String table, List<String> through, int rows) implements LogKeeperFact {}
}
