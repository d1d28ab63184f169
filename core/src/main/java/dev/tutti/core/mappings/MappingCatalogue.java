package dev.tutti.core.mappings;

import dev.tutti.core.kernel.Recorded;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * All mappings, folded from their facts as these are committed. Readers may be many at a time; the
 * facts of one mapping come in order.
 */
public final class MappingCatalogue {
  private final ConcurrentSkipListMap<String, Mapping> byId = new ConcurrentSkipListMap<>();

  /** Takes in a committed fact. */
  public void on(Recorded<MappingFact> recorded) {
    byId.compute(
        recorded.key().id(),
        (id, before) -> {
          Mapping after = (before == null ? Mapping.blank(id) : before).after(recorded);
          return after.settings() == null ? null : after;
        });
  }

  /** A mapping by its UUID; null where there is none. */
  public @Nullable Mapping mapping(String id) {
    return byId.get(id);
  }

  /** Those of a kind, by UUID, after one; empty starts at the beginning. */
  public List<Mapping> mappings(Predicate<Mapping> kind, String after, int limit) {
    return byId.tailMap(after, false).values().stream().filter(kind).limit(limit).toList();
  }
}
