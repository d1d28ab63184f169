package dev.tutti.core.delivery;

import dev.tutti.core.kernel.Command;
import dev.tutti.core.kernel.Outcome;
import dev.tutti.core.kernel.Request;
import org.jspecify.annotations.Nullable;

/** What somebody wants of a delivery. */
public sealed interface DeliveryCommand extends Command {

  /**
   * Starts it: the first attempt is made at once, or when its message group admits it. A second one
   * changes nothing.
   *
   * @param context account that owns the rule or subscription, twelve digits; sees it when parked
   * @param target the target's ARN, or its address outside
   * @param lane whose queue the attempts wait in, usually the target
   * @param deadLetters where it goes when it can't be delivered; null keeps it parked
   * @param group id of the {@link MessageGroups message group} that admits it when its turn comes;
   *     null where it waits for none
   */
  record Begin(
      String context,
      String target,
      Source source,
      String lane,
      Request request,
      RetryPolicy retry,
      @Nullable DeadLetters deadLetters,
      @Nullable String group)
      implements DeliveryCommand {

    /** One that waits for no other. */
    public Begin(
        String context,
        String target,
        Source source,
        String lane,
        Request request,
        RetryPolicy retry,
        @Nullable DeadLetters deadLetters) {
      this(context, target, source, lane, request, retry, deadLetters, null);
    }

    /** One that waits for no other, and is parked where it can't be delivered. */
    public Begin(
        String context,
        String target,
        Source source,
        String lane,
        Request request,
        RetryPolicy retry) {
      this(context, target, source, lane, request, retry, null, null);
    }
  }

  /**
   * Starts one that can't be sent as it is, and parks it at once.
   *
   * @param begin what would have been sent
   * @param error the error's name
   */
  record Withhold(Begin begin, String error, String message) implements DeliveryCommand {}

  /** Its turn in its message group has come: the first attempt is made now. */
  record Admit() implements DeliveryCommand {}

  /** An attempt's outcome. */
  record Attempted(int attempt, Outcome outcome) implements DeliveryCommand {}

  /**
   * What became of handing it to its dead letters.
   *
   * @param attempt the attempt after which it was parked
   * @param trial which, from 1
   */
  record HandedOver(int attempt, int trial, Outcome outcome) implements DeliveryCommand {}

  /** The time to hand it to its dead letters once more has come. */
  record HandOver(int attempt, int trial) implements DeliveryCommand {}

  /** The time of a further attempt has come. */
  record Retry(int attempt) implements DeliveryCommand {}

  /**
   * Sends a parked delivery again, with a fresh budget of attempts and time.
   *
   * @param request sent instead of the one that failed; null sends the same again
   */
  record Redrive(@Nullable Request request) implements DeliveryCommand {}

  /** Changes what a parked delivery will send when it is redriven. */
  record Edit(Request request) implements DeliveryCommand {}

  /**
   * Gives a parked delivery up for good.
   *
   * @param reason in the words of whoever does it; null where none is given
   */
  record Discard(@Nullable String reason) implements DeliveryCommand {}
}
