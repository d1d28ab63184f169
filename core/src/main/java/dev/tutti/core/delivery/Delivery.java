package dev.tutti.core.delivery;

import dev.tutti.core.kernel.Recorded;
import dev.tutti.core.kernel.Request;
import org.jspecify.annotations.Nullable;

/** A delivery's state: what its facts add up to. Changed by {@link #apply} only. */
public final class Delivery {
  private Phase phase = Phase.BLANK;
  private DeliveryFact.@Nullable Begun begun;
  private @Nullable Request request;
  private boolean edited;
  private int attempt;
  private int attemptsBefore;
  private int trial;
  private long sinceMillis;
  private long beganMillis;
  private long parkedMillis;
  private DeliveryFact.@Nullable Reason reason;
  private @Nullable String error;
  private @Nullable String message;

  /** How far it is. */
  public enum Phase {
    BLANK,
    /** Others of its message group come first. */
    QUEUED,
    /** An attempt is being made. */
    TRYING,
    /** The next attempt is due later. */
    WAITING,
    DELIVERED,
    PARKED,
    /** Its dead letters have it. */
    DEAD_LETTERED,
    DISCARDED
  }

  void apply(Recorded<DeliveryFact> recorded) {
    switch (recorded.fact()) {
      case DeliveryFact.Begun fact -> {
        begun = fact;
        beganMillis = recorded.millis();
        request = fact.request();
        if (fact.group() == null) {
          attempt(1);
        } else {
          phase = Phase.QUEUED;
        }
        sinceMillis = recorded.millis();
      }
      case DeliveryFact.Admitted fact -> attempt(1);
      case DeliveryFact.Withheld fact -> {
        begun = fact.begun();
        beganMillis = recorded.millis();
        request = fact.begun().request();
        reason = DeliveryFact.Reason.REFUSED;
        park(recorded.millis(), fact.error(), fact.message());
      }
      case DeliveryFact.AttemptFailed fact -> fail(Phase.WAITING, fact.error(), fact.message());
      case DeliveryFact.Retried fact -> attempt(fact.attempt());
      case DeliveryFact.Delivered fact -> {
        phase = Phase.DELIVERED;
        attempt = fact.attempt();
      }
      case DeliveryFact.Parked fact -> {
        attempt = fact.attempt();
        reason = fact.reason();
        park(recorded.millis(), fact.error(), fact.message());
      }
      case DeliveryFact.Redriven fact -> {
        edited |= fact.edited() != null;
        request = fact.edited() == null ? request : fact.edited();
        attempt(fact.attempt());
        renew(recorded.millis());
      }
      case DeliveryFact.Edited fact -> {
        request = fact.request();
        edited = true;
      }
      case DeliveryFact.Discarded fact -> phase = Phase.DISCARDED;
      case DeliveryFact.DeadLettered fact -> phase = Phase.DEAD_LETTERED;
      case DeliveryFact.HandOverFailed fact -> trial = fact.trial();
      case DeliveryFact.HandOverRetried fact -> trial = fact.trial();
    }
  }

  private void attempt(int number) {
    phase = Phase.TRYING;
    attempt = number;
  }

  private void renew(long millis) {
    attemptsBefore = attempt - 1;
    sinceMillis = millis;
  }

  private void park(long millis, String failedError, String failedMessage) {
    trial = 1;
    fail(Phase.PARKED, failedError, failedMessage);
    parkedMillis = millis;
  }

  private void fail(Phase into, String failedError, String failedMessage) {
    phase = into;
    error = failedError;
    message = failedMessage;
  }

  public Phase phase() {
    return phase;
  }

  /** How it began; null before. */
  public DeliveryFact.@Nullable Begun begun() {
    return begun;
  }

  /** What is or was sent last; null before the beginning. */
  public @Nullable Request request() {
    return request;
  }

  /** Which trial to hand it to its dead letters is or was the last, from 1. */
  int trial() {
    return trial;
  }

  /** Whether what is sent is no longer what it began with. */
  public boolean isEdited() {
    return edited;
  }

  /** Number of the latest attempt, from 1, over redrives too; 0 where none was made. */
  public int attempt() {
    return attempt;
  }

  /** Attempts of the present budget: since the beginning or the last redrive. */
  int attemptsUsed() {
    return attempt - attemptsBefore;
  }

  /** When the present budget's time began, epoch milliseconds. */
  long sinceMillis() {
    return sinceMillis;
  }

  public long beganMillis() {
    return beganMillis;
  }

  /** When it was last parked, epoch milliseconds; 0 where it never was. */
  public long parkedMillis() {
    return parkedMillis;
  }

  /** Why it was last parked; null where it never was. */
  public DeliveryFact.@Nullable Reason reason() {
    return reason;
  }

  /** Name of the last failure; null where nothing failed. */
  public @Nullable String error() {
    return error;
  }

  public @Nullable String message() {
    return message;
  }
}
