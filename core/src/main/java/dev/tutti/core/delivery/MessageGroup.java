package dev.tutti.core.delivery;

import dev.tutti.core.kernel.Cause;
import dev.tutti.core.kernel.Recorded;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A message group's state: which delivery is under way, and which wait. What they carry is not
 * here. Changed by {@link #apply} only.
 */
public final class MessageGroup {
  private final TreeSet<Member> waiting =
      new TreeSet<>(Comparator.comparingLong(Member::sinceMillis).thenComparingLong(Member::seq));
  private final Set<String> known = new HashSet<>();
  private @Nullable Member chosen;

  /** A delivery, when its turn is, the number of the fact that it joined with, and why it is. */
  record Member(String delivery, long sinceMillis, long seq, Cause cause) {}

  void apply(Recorded<MessageGroupFact> recorded) {
    switch (recorded.fact()) {
      case MessageGroupFact.Joined fact -> {
        waiting.add(
            new Member(fact.delivery(), fact.sinceMillis(), recorded.seq(), recorded.cause()));
        known.add(fact.delivery());
      }
      case MessageGroupFact.Chosen fact -> {
        chosen = waiting.pollFirst();
      }
      case MessageGroupFact.Left fact -> {
        known.remove(fact.delivery());
        chosen = null;
      }
    }
  }

  /** Whether a delivery waits or is under way. */
  boolean has(String delivery) {
    return known.contains(delivery);
  }

  /** The one under way; null where none is. */
  @Nullable Member chosen() {
    return chosen;
  }

  /** Whose turn is next; null where none waits. */
  @Nullable Member next() {
    return waiting.isEmpty() ? null : waiting.first();
  }

  /** Whether exactly one waits, and none is under way. */
  boolean isWokenByOne() {
    return chosen == null && waiting.size() == 1;
  }
}
