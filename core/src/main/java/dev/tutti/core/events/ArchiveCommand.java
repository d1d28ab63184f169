package dev.tutti.core.events;

import dev.tutti.core.kernel.Command;
import org.jspecify.annotations.Nullable;

/** What somebody wants of an archive. */
public sealed interface ArchiveCommand extends Command {

  /**
   * Begins to keep a bus's events.
   *
   * @param bus its ARN
   * @param pattern which events; null keeps all
   * @param retentionDays 0 keeps them for ever
   */
  record Create(
      String bus, @Nullable String description, @Nullable String pattern, int retentionDays)
      implements ArchiveCommand {}

  /** Changes what is given; null leaves it. A new pattern counts for events from now on. */
  record Update(
      @Nullable String description, @Nullable String pattern, @Nullable Integer retentionDays)
      implements ArchiveCommand {}

  record Delete() implements ArchiveCommand {}
}
