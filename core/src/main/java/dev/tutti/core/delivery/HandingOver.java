package dev.tutti.core.delivery;

import dev.tutti.core.delivery.Delivery.Phase;
import dev.tutti.core.kernel.Decision;
import dev.tutti.core.kernel.Effect;
import dev.tutti.core.kernel.Moment;
import dev.tutti.core.kernel.Outcome;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a parked delivery gets to its dead letters. It stays parked until they have it, so one whose
 * dead letters are gone too isn't lost.
 */
final class HandingOver {
  private static final String CALL = "dead-letters/";
  private static final int MAX_TRIALS = 10;
  private static final long PAUSE_MILLIS = 10_000;

  private HandingOver() {}

  /** The call that hands it over; none where it has no dead letters. */
  static List<Effect> call(Delivery state) {
    DeliveryFact.Begun begun = state.begun();
    DeadLetters letters = begun == null ? null : begun.deadLetters();
    if (begun == null || letters == null) {
      return List.of();
    }
    String error = String.valueOf(state.error());
    String message = String.valueOf(state.message());
    return List.of(
        new Effect.Call(
            call(state.attempt(), state.trial()),
            letters.queueArn(),
            letters.request(
                begun.context(),
                begun.source().kind(),
                error,
                message,
                state.attemptsUsed() - 1,
                exhausted(state.reason()))));
  }

  /** Takes back what is under way for a delivery that is no longer parked. */
  static List<Effect> withdrawn(Delivery state, int attempt) {
    DeliveryFact.Begun begun = state.begun();
    return begun == null || begun.deadLetters() == null
        ? List.of()
        : List.of(
            new Effect.Cancel(call(attempt, state.trial())),
            new Effect.Cancel(pause(attempt, state.trial() + 1)));
  }

  private static String call(int attempt, int trial) {
    return CALL + attempt + '/' + trial;
  }

  private static String pause(int attempt, int trial) {
    return "hand-over/" + attempt + '/' + trial;
  }

  private static @Nullable String exhausted(DeliveryFact.@Nullable Reason reason) {
    return switch (reason) {
      case ATTEMPTS_USED -> "MaximumRetryAttempts";
      case TOO_OLD -> "MaximumEventAgeInSeconds";
      case REFUSED -> null;
      case null -> null;
    };
  }

  static boolean isCall(String name) {
    return name.startsWith(CALL);
  }

  static DeliveryCommand outcome(String name, Outcome outcome) {
    int slash = name.indexOf('/', CALL.length());
    return new DeliveryCommand.HandedOver(
        Integer.parseInt(name.substring(CALL.length(), slash)),
        Integer.parseInt(name.substring(slash + 1)),
        outcome);
  }

  static Decision<DeliveryCommand, DeliveryFact> settle(
      Delivery state, DeliveryCommand.HandedOver handed, Moment moment) {
    if (isStale(state, handed.attempt()) || state.trial() != handed.trial()) {
      return Decision.none();
    }
    return switch (handed.outcome()) {
      case Outcome.Succeeded done ->
          Decision.of(new DeliveryFact.DeadLettered(Deliveries.summary(done.output())));
      case Outcome.Failed failed -> {
        boolean again = Verdict.of(failed) == Verdict.PASSING && handed.trial() < MAX_TRIALS;
        yield Decision.of(
            new DeliveryFact.HandOverFailed(
                handed.attempt(),
                handed.trial(),
                failed.error(),
                failed.message(),
                again ? (Long) (moment.millis() + PAUSE_MILLIS * handed.trial()) : null));
      }
    };
  }

  static Decision<DeliveryCommand, DeliveryFact> retry(
      Delivery state, DeliveryCommand.HandOver again) {
    return isStale(state, again.attempt()) || again.trial() != state.trial() + 1
        ? Decision.none()
        : Decision.of(new DeliveryFact.HandOverRetried(again.attempt(), again.trial()));
  }

  private static boolean isStale(Delivery state, int attempt) {
    return state.phase() != Phase.PARKED || state.attempt() != attempt;
  }

  /** When a further trial is due, if one is. */
  static List<Effect> later(DeliveryFact.HandOverFailed failed) {
    Long atMillis = failed.nextAtMillis();
    int next = failed.trial() + 1;
    return atMillis == null
        ? List.of()
        : List.of(
            new Effect.Wake(
                pause(failed.attempt(), next),
                atMillis,
                new DeliveryCommand.HandOver(failed.attempt(), next)));
  }
}
