package dev.tutti.simulate.judge;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.kernel.Outcome;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whom Tasks ask over HTTP, and who knows what it has answered. */
@FunctionalInterface
public interface Outside {
  /** Nobody knows. */
  Outside UNKNOWN = _ -> null;

  /**
   * What the answers to a request come to for the Task that asked; none where it was never asked,
   * null where nobody knows.
   *
   * @param parameters the Task's
   */
  @Nullable List<Outcome> told(JsonNode parameters);
}
