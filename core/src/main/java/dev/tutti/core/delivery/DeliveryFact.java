package dev.tutti.core.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.kernel.Fact;
import dev.tutti.core.kernel.Request;
import org.jspecify.annotations.Nullable;

/** What happened to a delivery. Attempts count from 1, over redrives too. */
public sealed interface DeliveryFact extends Fact {

  /**
   * It is on its way: attempt 1 is being made, or waits until its message group admits it. See
   * {@link DeliveryCommand.Begin}.
   */
  record Begun(
      String context,
      String target,
      Source source,
      String lane,
      Request request,
      RetryPolicy retry,
      @Nullable DeadLetters deadLetters,
      @Nullable String group)
      implements DeliveryFact {

    /** One without dead letters that waits for no other. */
    public Begun(
        String context,
        String target,
        Source source,
        String lane,
        Request request,
        RetryPolicy retry) {
      this(context, target, source, lane, request, retry, null, null);
    }
  }

  /** Its message group admits it; attempt 1 is being made. */
  record Admitted() implements DeliveryFact {}

  /** It was parked without an attempt; {@code begun} says what would have been sent. */
  record Withheld(Begun begun, String error, String message) implements DeliveryFact {}

  /**
   * An attempt failed and another will follow.
   *
   * @param error the error's name, for example {@code TooManyRequestsException}
   * @param nextAtMillis when the next attempt is due, epoch milliseconds
   */
  record AttemptFailed(int attempt, String error, String message, long nextAtMillis)
      implements DeliveryFact {}

  /** A further attempt is being made, with the same request. */
  record Retried(int attempt) implements DeliveryFact {}

  /**
   * It arrived.
   *
   * @param summary what the target called it: ids and ARNs of the answer
   */
  record Delivered(int attempt, JsonNode summary) implements DeliveryFact {}

  /** Its last attempt failed; it stays here with its payload until redriven or discarded. */
  record Parked(int attempt, Reason reason, String error, String message) implements DeliveryFact {}

  /**
   * A parked one is sent again: attempt {@code attempt} is being made, with a fresh budget.
   *
   * @param edited what is sent from now on; null where the request is the same
   */
  record Redriven(int attempt, @Nullable Request edited) implements DeliveryFact {}

  /** Someone changed what a parked one will send. */
  record Edited(Request request) implements DeliveryFact {}

  /**
   * A parked one was given up by someone.
   *
   * @param reason in that one's words; null where none was given
   */
  record Discarded(@Nullable String reason) implements DeliveryFact {}

  /** Its dead letters have it: it is parked no longer. */
  record DeadLettered(JsonNode summary) implements DeliveryFact {}

  /**
   * Its dead letters didn't take it, so it stays parked.
   *
   * @param nextAtMillis when that is tried again, epoch milliseconds; null where it isn't
   */
  record HandOverFailed(
      int attempt, int trial, String error, String message, @Nullable Long nextAtMillis)
      implements DeliveryFact {}

  /** Handing it over is tried once more. */
  record HandOverRetried(int attempt, int trial) implements DeliveryFact {}

  /** Why it was parked. */
  enum Reason {
    /** The target can't take it: trying again would not help. */
    REFUSED,
    /** All attempts were used. */
    ATTEMPTS_USED,
    /** It became too old. */
    TOO_OLD
  }
}
