package dev.tutti.deploy.resource;

import java.util.List;

/** Judges an event pattern without creating anything. */
@FunctionalInterface
public interface PatternCheck {
  /** Finds nothing wrong with anything: leaves it to the service at creation. */
  PatternCheck NONE = _ -> List.of();

  /**
   * What is wrong, in words; empty where nothing is.
   *
   * @param pattern well-formed JSON
   */
  List<String> problems(String pattern);
}
