package dev.tutti.deploy.resource;

import java.util.List;

/** Judges a state machine's definition without creating anything. */
@FunctionalInterface
public interface DefinitionCheck {
  /** Finds nothing wrong with anything: leaves it to the service at creation. */
  DefinitionCheck NONE = (_, _) -> List.of();

  /**
   * What is wrong, in words; empty where nothing is.
   *
   * @param definition Amazon States Language, well-formed JSON
   * @param type {@code STANDARD} or {@code EXPRESS}
   */
  List<String> problems(String definition, String type);
}
