package dev.tutti.core.asl.choice;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.asl.data.Path;
import dev.tutti.core.asl.data.Scope;
import dev.tutti.core.asl.data.StatesError;

/** Reads the values that conditions look at. */
final class Variables {
  private Variables() {}

  /** The value that a path leads to; a condition on a place that is not there is an error. */
  static JsonNode present(Path path, Scope scope) {
    JsonNode found = path.find(scope);
    if (found.isMissingNode()) {
      throw StatesError.runtime(
          "Invalid path '"
              + path.text()
              + "': The choice state's condition path references an invalid value.");
    }
    return found;
  }
}
