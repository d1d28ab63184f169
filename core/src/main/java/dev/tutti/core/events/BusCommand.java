package dev.tutti.core.events;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.kernel.Command;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What somebody wants of a bus. {@code caller} is the account that asks. */
public sealed interface BusCommand extends Command {

  record Create(@Nullable String description, Map<String, String> tags) implements BusCommand {}

  record Update(@Nullable String description) implements BusCommand {}

  record Delete() implements BusCommand {}

  /**
   * Adds or replaces one statement of the policy.
   *
   * @param principal an account, or {@code *}
   * @param condition type, key and value; null where there is none
   */
  record PutStatement(String id, String action, String principal, @Nullable Condition condition)
      implements BusCommand {}

  /** A statement's condition in PutPermission's form. */
  record Condition(String type, String key, String value) {}

  /** Replaces the policy. */
  record PutPolicy(JsonNode policy) implements BusCommand {}

  /** Removes one statement, or all where the id is null. */
  record RemovePermission(@Nullable String statementId) implements BusCommand {}

  /**
   * Adds a rule, or changes one.
   *
   * @param pattern which events it matches, JSON text; empty where it matches none
   * @param schedule when it is due, {@code rate(…)} or {@code cron(…)}; null where it never is
   */
  record PutRule(
      String caller,
      String name,
      String pattern,
      boolean enabled,
      @Nullable String description,
      @Nullable String roleArn,
      Map<String, String> tags,
      @Nullable String schedule)
      implements BusCommand {}

  record DeleteRule(String caller, String name) implements BusCommand {}

  record EnableRule(String caller, String name) implements BusCommand {}

  record DisableRule(String caller, String name) implements BusCommand {}

  /** Adds or replaces targets; replies with those refused, as PutTargets does. */
  record PutTargets(String caller, String rule, List<Target> targets) implements BusCommand {}

  record RemoveTargets(String caller, String rule, List<String> ids) implements BusCommand {}

  /** Tags the bus, or one of its rules. */
  record Tag(String caller, @Nullable String rule, Map<String, String> tags)
      implements BusCommand {}

  record Untag(String caller, @Nullable String rule, List<String> keys) implements BusCommand {}
}
