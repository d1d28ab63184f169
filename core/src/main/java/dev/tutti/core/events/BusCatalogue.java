package dev.tutti.core.events;

import dev.tutti.core.kernel.Recorded;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The catalogue that follows the facts of all buses and archives. Safe to use from any thread. */
public final class BusCatalogue implements Catalogue {
  private final Map<BusArn, Subscribers> buses = new ConcurrentHashMap<>();
  private final Map<ArchiveArn, Archive> archives = new ConcurrentHashMap<>();

  /** Takes one committed fact; those of one bus come in order. */
  public void on(Recorded<BusFact> recorded) {
    buses.computeIfAbsent(BusArn.of(recorded.key()), Subscribers::new).on(recorded);
  }

  /** Takes one committed fact of an archive; those of one archive come in order. */
  public void onArchive(Recorded<ArchiveFact> recorded) {
    ArchiveArn arn = ArchiveArn.parse(recorded.key().id()).orElseThrow();
    Archive before = archives.getOrDefault(arn, Archive.blank(arn));
    Archive now = before.after(recorded);
    archives.put(arn, now);
    BusArn bus = BusArn.parse(now.exists() ? now.bus() : before.bus()).orElseThrow();
    buses.computeIfAbsent(bus, Subscribers::new).keep(now);
  }

  @Override
  public Subscriptions bus(BusArn arn) {
    Subscribers known = buses.get(arn);
    return known == null ? new Subscribers(arn) : known;
  }

  /** Whether any rule or archive is on a bus. */
  public boolean isHeard(BusArn arn) {
    Subscribers known = buses.get(arn);
    return known != null && known.isHeard();
  }
}
