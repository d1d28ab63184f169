package dev.tutti.core.events;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A rule of a bus.
 *
 * @param pattern the event pattern, JSON text; empty where it matches no events
 * @param patternSeq number of the bus's fact that gave it this pattern: tells two patterns apart
 * @param createdBy account that subscribed
 * @param tags in the order they were given
 * @param targets in the order they were put
 * @param schedule when it is due, {@code rate(…)} or {@code cron(…)}; null where it never is
 */
public record Rule(
    String name,
    String pattern,
    long patternSeq,
    boolean enabled,
    @Nullable String description,
    @Nullable String roleArn,
    String createdBy,
    Map<String, String> tags,
    List<Target> targets,
    @Nullable String schedule) {
  /** Most targets of a rule. */
  public static final int MAX_TARGETS = 5;

  /** Whether it matches events at all: one with a schedule need not. */
  boolean hasPattern() {
    return !pattern.isEmpty();
  }

  Rule enabled(boolean to) {
    return new Rule(
        name, pattern, patternSeq, to, description, roleArn, createdBy, tags, targets, schedule);
  }

  Rule tags(Map<String, String> to) {
    return new Rule(
        name, pattern, patternSeq, enabled, description, roleArn, createdBy, to, targets, schedule);
  }

  Rule targets(List<Target> to) {
    return new Rule(
        name, pattern, patternSeq, enabled, description, roleArn, createdBy, tags, to, schedule);
  }
}
