package dev.tutti.core.events;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a rule sends the events it matches. At most one of input, inputPath and transformer.
 *
 * @param id unique within the rule
 * @param roleArn kept and told; the rule's creator is who calls the target
 * @param input sent instead of the event, JSON text
 * @param inputPath JSONPath of the part of the event that is sent
 * @param maximumRetryAttempts 0 to 185; null is 185
 * @param maximumEventAgeInSeconds 60 to 86,400; null is 86,400
 * @param messageGroup the group of messages to a FIFO queue
 * @param deadLetterArn of the queue that gets what can't be delivered
 * @param http what is added to the request to an API destination
 */
public record Target(
    String id,
    String arn,
    @Nullable String roleArn,
    @Nullable String input,
    @Nullable String inputPath,
    @Nullable Transformer transformer,
    @Nullable Integer maximumRetryAttempts,
    @Nullable Integer maximumEventAgeInSeconds,
    @Nullable String messageGroup,
    @Nullable String deadLetterArn,
    @Nullable HttpParameters http) {

  /**
   * How the input is written.
   *
   * @param paths variable to JSONPath in the event
   * @param template text with {@code <variable>}s
   */
  public record Transformer(Map<String, String> paths, String template) {}
}
