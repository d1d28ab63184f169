package dev.tutti.core.events;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A rule of a bus.
 *
 * @param pattern the event pattern, JSON text
 * @param patternSeq number of the bus's fact that gave it this pattern: tells two patterns apart
 * @param createdBy account that subscribed
 * @param tags in the order they were given
 * @param targets in the order they were put
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
    List<Target> targets) {
  /** Most targets of a rule. */
  public static final int MAX_TARGETS = 5;

  Rule enabled(boolean to) {
    return new Rule(name, pattern, patternSeq, to, description, roleArn, createdBy, tags, targets);
  }

  Rule tags(Map<String, String> to) {
    return new Rule(
        name, pattern, patternSeq, enabled, description, roleArn, createdBy, to, targets);
  }

  Rule targets(List<Target> to) {
    return new Rule(name, pattern, patternSeq, enabled, description, roleArn, createdBy, tags, to);
  }
}
