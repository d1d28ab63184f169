package dev.tutti.core.messaging;

import dev.tutti.core.kernel.Recorded;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How accounts send text messages, folded from facts as these are committed. */
public final class TextCatalogue {
  private final Map<String, TextAccount> byId = new ConcurrentHashMap<>();

  /** Takes in a committed fact. */
  public void on(Recorded<TextAccountFact> recorded) {
    byId.computeIfAbsent(recorded.key().id(), _ -> new TextAccount()).apply(recorded.fact());
  }

  /** An account's settings in a region; blank ones where none were made. */
  public TextAccount account(String region, String account) {
    TextAccount there = byId.get(TextAccounts.key(region, account).id());
    return there == null ? new TextAccount() : there;
  }
}
