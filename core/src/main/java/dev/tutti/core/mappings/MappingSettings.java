package dev.tutti.core.mappings;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a mapping does.
 *
 * @param context account that owns it, as which it receives and invokes
 * @param source ARN of a queue
 * @param function ARN, with the qualifier that was named; of a pipe, its target's
 * @param batchSize most messages of an invocation
 * @param windowSeconds how long a batch is gathered; 0 takes what is there
 * @param filters event patterns of which a message has to match one; none lets all through
 * @param reportsFailures whether the function says which messages failed
 * @param maximumConcurrency most invocations at a time; null leaves it to the poller
 * @param pipe what a pipe is beside that; null of a function's mapping
 */
public record MappingSettings(
    String context,
    String region,
    String source,
    String function,
    boolean enabled,
    int batchSize,
    int windowSeconds,
    List<String> filters,
    boolean reportsFailures,
    @Nullable Integer maximumConcurrency,
    @Nullable PipeSettings pipe) {

  /** Those of a function's mapping. */
  public MappingSettings(
      String context,
      String region,
      String source,
      String function,
      boolean enabled,
      int batchSize,
      int windowSeconds,
      List<String> filters,
      boolean reportsFailures,
      @Nullable Integer maximumConcurrency) {
    this(
        context,
        region,
        source,
        function,
        enabled,
        batchSize,
        windowSeconds,
        filters,
        reportsFailures,
        maximumConcurrency,
        null);
  }

  /** The same, started or stopped. */
  public MappingSettings enabled(boolean to) {
    return new MappingSettings(
        context,
        region,
        source,
        function,
        to,
        batchSize,
        windowSeconds,
        filters,
        reportsFailures,
        maximumConcurrency,
        pipe);
  }
}
