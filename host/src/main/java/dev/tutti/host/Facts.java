package dev.tutti.host;

import dev.tutti.core.kernel.Fact;
import dev.tutti.core.kernel.Key;
import dev.tutti.core.kernel.Recorded;
import dev.tutti.host.Store.Table;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads facts from a store. */
final class Facts {
  private final Store store;

  Facts(Store store) {
    this.store = store;
  }

  /** Up to {@code limit} facts of an aggregate, from number {@code from}. */
  <F extends Fact> List<Recorded<F>> of(Key key, Domain<?, ?, F> domain, long from, int limit) {
    List<Recorded<F>> facts = new ArrayList<>();
    if (limit <= 0) {
      return facts;
    }
    store.scan(
        Table.FACTS,
        turnOf(key, from),
        Keys.facts(key, Long.MAX_VALUE),
        (factsKey, value) -> {
          for (Recorded<F> fact : Records.turn(key, Keys.seq(factsKey), value, domain.facts())) {
            if (fact.seq() >= from && facts.size() < limit) {
              facts.add(fact);
            }
          }
          return facts.size() < limit;
        });
    return facts;
  }

  /** Key of the turn that holds a fact. */
  private byte[] turnOf(Key key, long seq) {
    byte[] first = Keys.facts(key, 1);
    if (seq <= 1) {
      return first;
    }
    Store.@Nullable Entry turn = store.last(Table.FACTS, first, Keys.facts(key, seq + 1));
    return turn == null ? first : turn.key();
  }

  /** The state of an aggregate, folded from all its facts. */
  <S, F extends Fact> Loaded<S> load(Key key, Domain<S, ?, F> domain) {
    Loaded<S> loaded = new Loaded<>(domain.decider().blank(key), 0);
    if (store.get(Table.FACTS, Keys.facts(key, 1)) == null) {
      return loaded; // as most do that are asked for the first time; cheaper than a scan
    }
    store.scan(
        Table.FACTS,
        Keys.facts(key, 1),
        Keys.facts(key, Long.MAX_VALUE),
        (factsKey, value) -> {
          loaded.bytes += value.length;
          for (Recorded<F> fact : Records.turn(key, Keys.seq(factsKey), value, domain.facts())) {
            loaded.state = domain.decider().apply(loaded.state, fact);
            loaded.seq = fact.seq();
          }
          return true;
        });
    return loaded;
  }

  /** Announces every fact of a kind to those who follow it. */
  <F extends Fact> void announceAll(Domain<?, ?, F> domain) {
    byte[] prefix = Keys.factsOfKind(domain.decider().kind());
    store.scan(
        Table.FACTS,
        prefix,
        Keys.after(prefix),
        (factsKey, value) -> {
          Records.turn(Keys.aggregate(factsKey), Keys.seq(factsKey), value, domain.facts())
              .forEach(domain::recall);
          return true;
        });
  }

  /** A state in memory, and the number of its last fact. */
  static final class Loaded<S> {
    S state;
    long seq;

    /** The number of its shard's batch that changed it last; 0 for none since it was loaded. */
    long changedIn;

    /** What its facts take on disk. */
    long bytes;

    Loaded(S state, long seq) {
      this.state = state;
      this.seq = seq;
    }
  }
}
