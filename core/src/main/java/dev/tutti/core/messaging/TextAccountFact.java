package dev.tutti.core.messaging;

import dev.tutti.core.kernel.Fact;
import java.util.Map;

/** What happened to an account's text messages; members as in {@link TextAccountCommand}. */
public sealed interface TextAccountFact extends Fact {

  record AttributesSet(Map<String, String> attributes) implements TextAccountFact {}

  /** Whoever has the number wants no more. */
  record OptedOut(String number) implements TextAccountFact {}

  record OptedIn(String number) implements TextAccountFact {}
}
