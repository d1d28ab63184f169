package dev.tutti.core.functions;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.kernel.Fact;
import org.jspecify.annotations.Nullable;

/** What happened to an asynchronous invocation. */
public sealed interface InvocationFact extends Fact {

  /** It was taken in, and its first attempt begins; members as in {@link InvocationCommand}. */
  record Queued(
      String context,
      String region,
      String function,
      @Nullable String qualifier,
      String payload,
      @Nullable String clientContext,
      int retries,
      int maxAgeSeconds,
      @Nullable Destinations destinations)
      implements InvocationFact {}

  /**
   * An attempt failed, and another one is to come.
   *
   * @param number the attempt that failed, from 1
   * @param counted whether it was the function's own error, of which only so many are retried
   * @param atMillis when the next one begins, epoch milliseconds
   */
  record Failed(int number, boolean counted, String error, String message, long atMillis)
      implements InvocationFact {}

  /** Another attempt begins; carries what the call needs. */
  record Attempted(
      int number,
      String context,
      String region,
      String function,
      @Nullable String qualifier,
      String payload,
      @Nullable String clientContext)
      implements InvocationFact {}

  /**
   * It ended well.
   *
   * @param output what Invoke answered
   */
  record Succeeded(int number, JsonNode output) implements InvocationFact {}

  /**
   * It was given up.
   *
   * @param condition as in Lambda's destination records: {@code RetriesExhausted}, {@code
   *     EventAgeExceeded}, {@code ZeroReservedConcurrency}, or {@code Refused} where the door
   *     refused it for good
   * @param output what Invoke answered last; null where it answered an error of its own
   */
  record Discarded(
      int number, String condition, String error, String message, @Nullable JsonNode output)
      implements InvocationFact {}
}
