package dev.tutti.core.logs;

import dev.tutti.core.kernel.Recorded;

/**
 * A log group as it stands.
 *
 * @param exists false before the first creation and after a deletion
 * @param createdMillis epoch milliseconds
 * @param days how long events are kept; 0 for ever
 */
public record Group(String arn, boolean exists, long createdMillis, int days) {

  static Group blank(String arn) {
    return new Group(arn, false, 0, 0);
  }

  Group after(Recorded<GroupFact> recorded) {
    return switch (recorded.fact()) {
      case GroupFact.Created f -> new Group(arn, true, recorded.millis(), 0);
      case GroupFact.Deleted f -> blank(arn);
      case GroupFact.Retained f -> new Group(arn, exists, createdMillis, f.days());
    };
  }
}
