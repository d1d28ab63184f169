package dev.tutti.services.trace;

import dev.tutti.core.kernel.Decider;
import dev.tutti.core.kernel.Fact;
import dev.tutti.core.kernel.Key;
import dev.tutti.core.kernel.Recorded;
import dev.tutti.host.Reader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How one kind of aggregate is told in a trace.
 *
 * @param <F> its facts
 */
interface Story<F extends Fact> {
  Decider<?, ?, F> decider();

  /** Tells an aggregate's facts; there is at least one. */
  Told tell(Key key, List<Recorded<F>> facts);

  /** The aggregate that a user means by an id, where it is one of this kind. */
  default Optional<Key> named(String id, Reader reader) {
    return Optional.empty();
  }

  /** An aggregate as told: its node, and the node where what a fact led to belongs. */
  final class Told {
    private final TraceNode top;
    private final Map<Long, TraceNode> bySeq = new HashMap<>();

    Told(TraceNode top) {
      this.top = top;
    }

    /** What fact {@code seq} leads to belongs under {@code node}. */
    void leadsTo(long seq, TraceNode node) {
      bySeq.put(seq, node);
    }

    TraceNode top() {
      return top;
    }

    TraceNode under(long seq) {
      @Nullable TraceNode node = bySeq.get(seq);
      return Objects.requireNonNullElse(node, top);
    }
  }
}
