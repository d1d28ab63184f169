package dev.tutti.deploy.resource;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Judges a state machine's definition without creating anything. */
@FunctionalInterface
public interface DefinitionCheck {
  /** Finds nothing wrong with anything: leaves it to the service at creation. */
  DefinitionCheck NONE = (_, _) -> List.of();

  /**
   * Something that is wrong.
   *
   * @param message in words
   * @param location which part, {@code /States/A/Next}; null where no one part is to blame
   */
  record Fault(String message, @Nullable String location) {}

  /**
   * What is wrong; empty where nothing is.
   *
   * @param definition Amazon States Language, well-formed JSON
   * @param type {@code STANDARD} or {@code EXPRESS}
   */
  List<Fault> faults(String definition, String type);
}
