package dev.tutti.core.logs;

import dev.tutti.core.kernel.Command;
import java.util.Map;

/** What somebody wants of a log group. Its key's id is the group's ARN, without {@code :*}. */
public sealed interface GroupCommand extends Command {
  record Create(Map<String, String> tags) implements GroupCommand {}

  /** It is to be there: created where it isn't. */
  record Ensure() implements GroupCommand {}

  record Delete() implements GroupCommand {}

  /**
   * How long events are kept.
   *
   * @param days 0 for ever
   */
  record Retain(int days) implements GroupCommand {}
}
