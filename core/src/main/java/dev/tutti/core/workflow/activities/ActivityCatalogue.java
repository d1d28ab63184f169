package dev.tutti.core.workflow.activities;

import dev.tutti.core.kernel.Recorded;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The activities that exist, folded from their facts. */
public final class ActivityCatalogue {
  private final Map<String, Long> created = new ConcurrentHashMap<>();

  /** Takes in a fact; facts of one activity come in their order. */
  public void on(Recorded<ActivityFact> recorded) {
    String arn = recorded.key().id();
    switch (recorded.fact()) {
      case ActivityFact.Created f -> created.put(arn, recorded.millis());
      case ActivityFact.Deleted f -> created.remove(arn);
      case ActivityFact other -> {}
    }
  }

  public boolean exists(String arn) {
    return created.containsKey(arn);
  }

  /** When an activity was created, epoch milliseconds; null where there is none. */
  public @Nullable Long createdMillis(String arn) {
    return created.get(arn);
  }
}
