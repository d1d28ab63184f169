package dev.tutti.core.workflow.activities;

import dev.tutti.core.kernel.Command;
import java.util.List;
import java.util.Map;

/** What somebody wants of an activity. Its key's id is the activity's ARN. */
public sealed interface ActivityCommand extends Command {

  /** Creates it. Replies {@code {"createdMillis": …}}, of the first creation where it exists. */
  record Create(Map<String, String> tags) implements ActivityCommand {}

  /** Deletes it; Tasks that are under way go on. */
  record Delete() implements ActivityCommand {}

  /** Sets tags. */
  record Tag(Map<String, String> tags) implements ActivityCommand {}

  /** Removes tags. */
  record Untag(List<String> keys) implements ActivityCommand {}
}
