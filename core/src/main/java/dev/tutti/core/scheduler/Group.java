package dev.tutti.core.scheduler;

import dev.tutti.core.kernel.Recorded;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A group of schedules as it is.
 *
 * @param token of the request that created it
 * @param createdMillis epoch milliseconds; 0 for the default group, which is always there
 */
public record Group(
    GroupArn arn,
    Phase phase,
    Map<String, String> tags,
    @Nullable String token,
    long createdMillis,
    long modifiedMillis) {
  /** How far it is. */
  public enum Phase {
    ABSENT,
    ACTIVE,
    DELETING
  }

  static Group blank(GroupArn arn) {
    return new Group(arn, arn.isDefault() ? Phase.ACTIVE : Phase.ABSENT, Map.of(), null, 0, 0);
  }

  Group after(Recorded<GroupFact> recorded) {
    long now = recorded.millis();
    return switch (recorded.fact()) {
      case GroupFact.GroupCreated fact ->
          new Group(arn, Phase.ACTIVE, fact.tags(), fact.token(), now, now);
      case GroupFact.DeletionBegun fact ->
          new Group(arn, Phase.DELETING, tags, token, createdMillis, now);
      case GroupFact.EmptyingFailed fact -> this;
      case GroupFact.EmptyingRepeated fact -> this;
      case GroupFact.GroupDeleted fact -> blank(arn);
      case GroupFact.GroupTagged fact -> {
        Map<String, String> all = new LinkedHashMap<>(tags);
        all.putAll(fact.tags());
        yield tagged(all, now);
      }
      case GroupFact.GroupUntagged fact -> {
        Map<String, String> rest = new LinkedHashMap<>(tags);
        fact.keys().forEach(rest::remove);
        yield tagged(rest, now);
      }
    };
  }

  private Group tagged(Map<String, String> to, long now) {
    return new Group(arn, phase, Collections.unmodifiableMap(to), token, createdMillis, now);
  }

  public boolean exists() {
    return phase != Phase.ABSENT;
  }
}
