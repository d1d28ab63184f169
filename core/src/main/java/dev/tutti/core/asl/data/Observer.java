package dev.tutti.core.asl.data;

import com.fasterxml.jackson.databind.JsonNode;

/** Watches data go through a state, without a say in it. */
@FunctionalInterface
public interface Observer {
  /** Called as often as the step is taken; the last word counts. */
  void saw(Stage stage, JsonNode value);
}
