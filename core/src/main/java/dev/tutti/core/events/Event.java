package dev.tutti.core.events;

import org.jspecify.annotations.Nullable;

/** An event's state on one bus: whether it was accepted, and how. */
public final class Event {
  private EventFact.@Nullable Accepted accepted;

  void accept(EventFact.Accepted fact) {
    accepted = fact;
  }

  /** What was accepted; null before. */
  public EventFact.@Nullable Accepted accepted() {
    return accepted;
  }
}
