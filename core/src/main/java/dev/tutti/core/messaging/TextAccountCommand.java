package dev.tutti.core.messaging;

import dev.tutti.core.kernel.Command;
import java.util.Map;

/** What somebody wants of an account's text messages. */
public sealed interface TextAccountCommand extends Command {

  /** Sets some attributes, which were validated; an empty value takes one back. */
  record SetAttributes(Map<String, String> attributes) implements TextAccountCommand {}

  /** Sends a number no more; repeated, changes nothing. */
  record OptOut(String number) implements TextAccountCommand {}

  /** Sends a number text messages again; where it never declined them, changes nothing. */
  record OptIn(String number) implements TextAccountCommand {}
}
