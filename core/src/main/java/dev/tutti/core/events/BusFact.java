package dev.tutti.core.events;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.kernel.Fact;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What happened to a bus. One fact a change, so that a bus of many rules is never written whole.
 */
public sealed interface BusFact extends Fact {

  record BusCreated(@Nullable String description, Map<String, String> tags) implements BusFact {}

  record BusUpdated(@Nullable String description) implements BusFact {}

  record BusDeleted() implements BusFact {}

  /** The policy is now this; null where it was removed. */
  record PolicyChanged(@Nullable JsonNode policy) implements BusFact {}

  /**
   * A rule was created or changed; its targets stay.
   *
   * @param pattern empty where it matches no events
   * @param tags of a new rule; null where it was there and keeps its own
   * @param schedule when it is due; null where it never is
   */
  record RulePut(
      String name,
      String pattern,
      boolean enabled,
      @Nullable String description,
      @Nullable String roleArn,
      String createdBy,
      @Nullable Map<String, String> tags,
      @Nullable String schedule)
      implements BusFact {}

  record RuleDeleted(String name) implements BusFact {}

  record RuleEnabled(String name) implements BusFact {}

  record RuleDisabled(String name) implements BusFact {}

  /** Targets were added, or replaced where the id was there. */
  record TargetsPut(String rule, List<Target> targets) implements BusFact {}

  record TargetsRemoved(String rule, List<String> ids) implements BusFact {}

  /** The bus, or one of its rules, got tags. */
  record Tagged(@Nullable String rule, Map<String, String> tags) implements BusFact {}

  record Untagged(@Nullable String rule, List<String> keys) implements BusFact {}
}
