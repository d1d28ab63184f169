package dev.tutti.core.events;

import dev.tutti.core.kernel.Recorded;
import org.jspecify.annotations.Nullable;

/**
 * An archive: which events of a bus's log it shows. Immutable.
 *
 * @param exists whether it is there
 * @param bus ARN of the bus; empty before the first creation
 * @param pattern which events it keeps; null keeps all
 * @param retentionDays 0 keeps them for ever
 * @param era number of the fact that created it: an archive created anew shows nothing of the old
 * @param createdMillis epoch milliseconds
 */
public record Archive(
    ArchiveArn arn,
    boolean exists,
    String bus,
    @Nullable String description,
    @Nullable String pattern,
    int retentionDays,
    long era,
    long createdMillis) {
  private static final long DAY_MILLIS = 24L * 60 * 60 * 1000;

  static Archive blank(ArchiveArn arn) {
    return new Archive(arn, false, "", null, null, 0, 0, 0);
  }

  Archive after(Recorded<ArchiveFact> recorded) {
    return switch (recorded.fact()) {
      case ArchiveFact.ArchiveCreated fact ->
          new Archive(
              arn,
              true,
              fact.bus(),
              fact.description(),
              fact.pattern(),
              fact.retentionDays(),
              recorded.seq(),
              recorded.millis());
      case ArchiveFact.ArchiveUpdated fact ->
          new Archive(
              arn,
              true,
              bus,
              fact.description(),
              fact.pattern(),
              fact.retentionDays(),
              era,
              createdMillis);
      case ArchiveFact.ArchiveDeleted fact -> blank(arn);
    };
  }

  /** The first moment whose events are still kept, epoch milliseconds. */
  public long keptSinceMillis(long nowMillis) {
    return retentionDays == 0 ? 0 : Math.max(0, nowMillis - retentionDays * DAY_MILLIS);
  }
}
