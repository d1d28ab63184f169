package dev.tutti.core.scheduler;

import dev.tutti.core.kernel.Fact;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What happened to a group of schedules. */
public sealed interface GroupFact extends Fact {

  record GroupCreated(Map<String, String> tags, @Nullable String token) implements GroupFact {}

  /** It takes no more schedules, and those it has are being deleted. */
  record DeletionBegun() implements GroupFact {}

  /** Its schedules could not all be deleted; another try follows. */
  record EmptyingFailed(String message) implements GroupFact {}

  /** Another try to delete its schedules is made. */
  record EmptyingRepeated() implements GroupFact {}

  record GroupDeleted() implements GroupFact {}

  record GroupTagged(Map<String, String> tags) implements GroupFact {}

  record GroupUntagged(List<String> keys) implements GroupFact {}
}
