package dev.tutti.host;

import dev.tutti.core.kernel.Decider;
import dev.tutti.core.kernel.Fact;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** All domains of an engine, by the kind of their aggregates. */
final class Domains {
  private final Map<String, Domain<?, ?, ?>> byKind = new LinkedHashMap<>();

  void add(Decider<?, ?, ?> decider) {
    if (byKind.putIfAbsent(decider.kind(), new Domain<>(decider)) != null) {
      throw new IllegalArgumentException("two deciders for " + decider.kind());
    }
  }

  Domain<?, ?, ?> of(String kind) {
    Domain<?, ?, ?> domain = byKind.get(kind);
    if (domain == null) {
      throw new IllegalArgumentException("no decider for " + kind);
    }
    return domain;
  }

  /** The domain of a decider that was added: same kind, same types. */
  @SuppressWarnings("unchecked")
  <F extends Fact> Domain<?, ?, F> of(Decider<?, ?, F> decider) {
    Domain<?, ?, ?> domain = of(decider.kind());
    if (domain.decider().facts() != decider.facts()) {
      throw new IllegalArgumentException("another decider decides " + decider.kind());
    }
    return (Domain<?, ?, F>) domain;
  }

  Collection<Domain<?, ?, ?>> all() {
    return byKind.values();
  }
}
