package dev.tutti.core.scheduler;

import dev.tutti.core.kernel.Command;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What somebody wants of a group of schedules. */
public sealed interface GroupCommand extends Command {

  /**
   * Creates it.
   *
   * @param token a repeat with the same token changes nothing and replies the same
   */
  record Create(Map<String, String> tags, @Nullable String token) implements GroupCommand {}

  /** Deletes it with all its schedules, which takes a while. */
  record Delete() implements GroupCommand {}

  record Tag(Map<String, String> tags) implements GroupCommand {}

  record Untag(List<String> keys) implements GroupCommand {}

  /**
   * Its schedules were deleted, or could not all be.
   *
   * @param failure null where all are gone
   */
  record Emptied(@Nullable String failure) implements GroupCommand {}

  /** Another try to empty it is due. */
  record EmptyAgain() implements GroupCommand {}
}
