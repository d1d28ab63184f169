package dev.tutti.core.events;

import dev.tutti.core.kernel.Fact;
import org.jspecify.annotations.Nullable;

/** What happened to an archive. Which events it keeps stands in their own facts. */
public sealed interface ArchiveFact extends Fact {

  /** It keeps the bus's events from now on, perhaps anew after a deletion. */
  record ArchiveCreated(
      String bus, @Nullable String description, @Nullable String pattern, int retentionDays)
      implements ArchiveFact {}

  /** All that can be changed, as it is now. */
  record ArchiveUpdated(@Nullable String description, @Nullable String pattern, int retentionDays)
      implements ArchiveFact {}

  record ArchiveDeleted() implements ArchiveFact {}
}
