package dev.tutti.core.messaging;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListSet;

/**
 * How an account sends text messages in a region, and who wants none. Changed by {@link #apply}
 * only, by one thread; readers may be many meanwhile.
 */
public final class TextAccount {
  private final ConcurrentSkipListSet<String> optedOut = new ConcurrentSkipListSet<>();
  private volatile Map<String, String> attributes = Map.of();

  void apply(TextAccountFact fact) {
    switch (fact) {
      case TextAccountFact.AttributesSet set ->
          attributes = Attributes.changed(attributes, set.attributes());
      case TextAccountFact.OptedOut out -> optedOut.add(out.number());
      case TextAccountFact.OptedIn in -> optedOut.remove(in.number());
    }
  }

  /** As set, for example {@code DefaultSenderID}. */
  public Map<String, String> attributes() {
    return Map.copyOf(attributes);
  }

  public boolean isOptedOut(String number) {
    return optedOut.contains(number);
  }

  /** Numbers that want no messages, after one; empty starts at the beginning. */
  public List<String> optedOut(String after, int limit) {
    return optedOut.tailSet(after, false).stream().limit(limit).toList();
  }
}
