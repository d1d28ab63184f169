package dev.tutti.core.contexts;

import dev.tutti.core.kernel.Recorded;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** All contexts as committed, folded from their facts. Safe for readers beside the writers. */
public final class ContextCatalogue {
  private final Map<String, Context> byAccount = new ConcurrentHashMap<>();

  /** Takes in a committed fact. */
  public void on(Recorded<ContextFact> recorded) {
    byAccount.compute(
        recorded.key().id(),
        (account, before) -> (before == null ? Context.BLANK : before).with(recorded.fact()));
  }

  /** The account that one of a context's further access keys stands for. */
  public Optional<String> accountOf(String accessKey) {
    return byAccount.entrySet().stream()
        .filter(entry -> entry.getValue().accessKeys().contains(accessKey))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /** Names by account. */
  public SortedMap<String, String> names() {
    SortedMap<String, String> names = new TreeMap<>();
    byAccount.forEach((account, context) -> names.put(account, context.name()));
    return names;
  }
}
