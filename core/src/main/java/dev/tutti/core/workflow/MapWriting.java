package dev.tutti.core.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.asl.ResultWriter;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a map run's results.
 *
 * @param arguments Bucket and Prefix; null where they aren't exported
 */
public record MapWriting(
    @Nullable JsonNode arguments, ResultWriter.Transformation transformation, boolean lines) {
  boolean exports() {
    return arguments != null;
  }
}
