package dev.tutti.core.asl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.asl.data.DataFlow;
import dev.tutti.core.asl.data.Scope;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a failed state goes instead of failing its flow.
 *
 * @param data makes the next state's input and the variables of the state's raw input and the error
 *     output
 */
public record Catcher(@Nullable String comment, ErrorMatch errors, DataFlow data, String next) {
  /** {@code {"Error": .., "Cause": ..}}. */
  public static ObjectNode errorOutput(@Nullable String error, @Nullable String cause) {
    var output = JsonNodeFactory.instance.objectNode();
    if (error != null) {
      output.put("Error", error);
    }
    if (cause != null) {
      output.put("Cause", cause);
    }
    return output;
  }

  /** The next state's input. */
  public JsonNode output(Scope raw, JsonNode errorOutput) {
    return data.output(raw.failed(errorOutput), errorOutput);
  }

  /** The variables that are set. */
  public ObjectNode assigned(Scope raw, JsonNode errorOutput) {
    return data.assigned(raw.failed(errorOutput), errorOutput);
  }

  /** The first catcher that takes this error; null for none. */
  public static @Nullable Catcher matching(
      List<Catcher> catchers, String error, ErrorMatch.Source source) {
    for (Catcher catcher : catchers) {
      if (catcher.errors().matches(error, source)) {
        return catcher;
      }
    }
    return null;
  }
}
