package dev.tutti.core.events;

import dev.tutti.core.kernel.Recorded;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The catalogue that follows the facts of all buses. Safe to use from any thread. */
public final class BusCatalogue implements Catalogue {
  private final Map<BusArn, Subscribers> buses = new ConcurrentHashMap<>();

  /** Takes one committed fact; those of one bus come in order. */
  public void on(Recorded<BusFact> recorded) {
    buses.computeIfAbsent(BusArn.of(recorded.key()), Subscribers::new).on(recorded);
  }

  @Override
  public Subscriptions bus(BusArn arn) {
    Subscribers known = buses.get(arn);
    return known == null ? new Subscribers(arn) : known;
  }

  /** Whether any rule is on a bus. */
  public boolean hasRules(BusArn arn) {
    Subscribers known = buses.get(arn);
    return known != null && known.hasRules();
  }
}
