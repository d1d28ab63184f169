package dev.tutti.core.logs;

import dev.tutti.core.kernel.Fact;
import java.util.List;

/** What a log stream decided. */
public sealed interface StreamFact extends Fact {
  record StreamCreated() implements StreamFact {}

  /** Entries were added, behind all before them. */
  record Appended(List<StreamCommand.Entry> entries) implements StreamFact {}
}
