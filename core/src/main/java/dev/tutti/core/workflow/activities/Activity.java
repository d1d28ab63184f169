package dev.tutti.core.workflow.activities;

import dev.tutti.core.kernel.Recorded;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * An activity as it stands.
 *
 * @param arn its key's id
 * @param exists false before the first creation and after a deletion
 * @param createdMillis epoch milliseconds
 */
public record Activity(String arn, boolean exists, long createdMillis, Map<String, String> tags) {

  static Activity blank(String arn) {
    return new Activity(arn, false, 0, Map.of());
  }

  Activity after(Recorded<ActivityFact> recorded) {
    return switch (recorded.fact()) {
      case ActivityFact.Created f -> new Activity(arn, true, recorded.millis(), sorted(f.tags()));
      case ActivityFact.Deleted f -> blank(arn);
      case ActivityFact.Tagged f -> {
        var more = new TreeMap<>(tags);
        more.putAll(f.tags());
        yield new Activity(arn, exists, createdMillis, sorted(more));
      }
      case ActivityFact.Untagged f -> {
        var fewer = new TreeMap<>(tags);
        f.keys().forEach(fewer::remove);
        yield new Activity(arn, exists, createdMillis, sorted(fewer));
      }
    };
  }

  private static Map<String, String> sorted(Map<String, String> tags) {
    return Collections.unmodifiableMap(new TreeMap<>(tags));
  }
}
