package dev.tutti.core.events;

import dev.tutti.core.kernel.Recorded;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A replay's state. Changed by {@link #apply} only. */
public final class Replay {
  private final ArchiveArn arn;
  private State state = State.STARTING;
  private ReplayFact.@Nullable ReplayStarted started;
  private List<String> cursor = List.of();
  private int step;
  private boolean waiting;
  private long events;
  private int failures;
  private long startedMillis;
  private long stepMillis;
  private long lastMillis;
  private long endedMillis;
  private @Nullable String reason;

  /** AWS's words for how far it is. */
  public enum State {
    STARTING,
    RUNNING,
    CANCELLING,
    COMPLETED,
    CANCELLED,
    FAILED;

    /** Whether it still goes on. */
    public boolean isActive() {
      return this == STARTING || this == RUNNING || this == CANCELLING;
    }
  }

  Replay(ArchiveArn arn) {
    this.arn = arn;
  }

  void apply(Recorded<ReplayFact> recorded) {
    switch (recorded.fact()) {
      case ReplayFact.ReplayStarted fact -> {
        started = fact;
        startedMillis = recorded.millis();
        waiting = true;
      }
      case ReplayFact.Advanced fact -> {
        state = state == State.STARTING ? State.RUNNING : state;
        cursor = List.copyOf(fact.cursor());
        events += fact.events();
        lastMillis = Math.max(lastMillis, fact.lastMillis());
        failures = 0;
        waiting = true;
      }
      case ReplayFact.StepFailed fact -> {
        failures++;
        waiting = true;
      }
      case ReplayFact.Continued fact -> begin(fact.step(), recorded.millis());
      case ReplayFact.CancelRequested fact -> state = State.CANCELLING;
      case ReplayFact.Ended fact -> {
        state = State.valueOf(fact.end().name());
        reason = fact.reason();
        endedMillis = recorded.millis();
        waiting = false;
      }
    }
  }

  private void begin(int number, long millis) {
    step = number;
    stepMillis = millis;
    waiting = false;
  }

  public ArchiveArn arn() {
    return arn;
  }

  public State state() {
    return state;
  }

  /** How it began; null before. */
  public ReplayFact.@Nullable ReplayStarted started() {
    return started;
  }

  /** Key of the last row that was read; empty before the first. */
  public List<String> cursor() {
    return cursor;
  }

  /** Events sent so far. */
  public long events() {
    return events;
  }

  /** The step that is or was last under way. */
  int step() {
    return step;
  }

  /** Whether no step is under way, but one is to come. */
  boolean isWaiting() {
    return waiting;
  }

  /** Failures of the present step, one after the other. */
  int failures() {
    return failures;
  }

  /** When the present step began, epoch milliseconds. */
  long stepMillis() {
    return stepMillis;
  }

  public long startedMillis() {
    return startedMillis;
  }

  /** When the last event that was sent had been accepted, epoch milliseconds; 0 for none. */
  public long lastMillis() {
    return lastMillis;
  }

  /** Epoch milliseconds; 0 before. */
  public long endedMillis() {
    return endedMillis;
  }

  /** Why it failed; null where it didn't. */
  public @Nullable String reason() {
    return reason;
  }
}
