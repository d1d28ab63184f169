package dev.tutti.core.events;

import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An event's state on one bus: whether it was accepted, how, and by what replays it came again. */
public final class Event {
  private final BusArn bus;
  private EventFact.@Nullable Accepted accepted;
  private long acceptedMillis;
  private Set<String> replays = Set.of();

  Event(BusArn bus) {
    this.bus = bus;
  }

  /** The bus that this is the event's state on. */
  public BusArn bus() {
    return bus;
  }

  void accept(EventFact.Accepted fact, long millis) {
    accepted = fact;
    acceptedMillis = millis;
  }

  void replay(EventFact.Replayed fact) {
    Set<String> all = new HashSet<>(replays);
    all.add(fact.replay());
    replays = Collections.unmodifiableSet(all);
  }

  /** What was accepted; null before. */
  public EventFact.@Nullable Accepted accepted() {
    return accepted;
  }

  /** Epoch milliseconds; 0 before. */
  public long acceptedMillis() {
    return acceptedMillis;
  }

  /** Names of the replays that brought it again. */
  public Set<String> replays() {
    return replays;
  }
}
