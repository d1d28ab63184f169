package dev.tutti.core.events;

import dev.tutti.core.kernel.Recorded;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The catalogue that follows the facts of all buses and archives. Safe to use from any thread. */
public final class BusCatalogue implements Catalogue {
  private static final long DAY_MILLIS = 24L * 60 * 60 * 1000;

  private final Map<BusArn, Subscribers> buses = new ConcurrentHashMap<>();
  private final Map<ArchiveArn, Archive> archives = new ConcurrentHashMap<>();

  private final Set<Gone> gone = ConcurrentHashMap.newKeySet();

  /** An archive that was deleted. */
  private record Gone(ArchiveArn arn, long era) {}

  /**
   * A log of which something may have to go.
   *
   * @param source the bus
   * @param archive which of its archives; null for the bus's own log
   * @param era of the archive
   */
  public record Kept(BusArn source, @Nullable ArchiveArn archive, long era, Retention retention) {}

  /** All logs that aren't kept for ever. */
  public List<Kept> kept() {
    List<Kept> kept = new ArrayList<>();
    buses.forEach((arn, bus) -> {
      Retention retention = bus.retention();
      if (retention != null) {
        kept.add(new Kept(arn, null, 0, retention));
      }
    });
    for (Archive archive : archives.values()) {
      if (archive.exists() && archive.retentionDays() > 0) {
        kept.add(
            new Kept(
                BusArn.parse(archive.bus()).orElseThrow(),
                archive.arn(),
                archive.era(),
                new Retention(archive.retentionDays() * DAY_MILLIS, 0)));
      }
    }
    gone.forEach(each -> {
      ArchiveArn arn = each.arn();
      BusArn nobody = new BusArn(arn.region(), arn.account(), BusArn.DEFAULT);
      kept.add(new Kept(nobody, arn, each.era(), Retention.none()));
    });
    return kept;
  }

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
    if (before.exists() && !now.exists()) {
      gone.add(new Gone(arn, before.era()));
    }
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
