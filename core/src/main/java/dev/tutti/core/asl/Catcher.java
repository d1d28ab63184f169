package dev.tutti.core.asl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.tutti.core.asl.data.ResultPath;
import dev.tutti.core.asl.data.Scope;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a failed state goes instead of failing its flow.
 *
 * @param resultPath where the error output goes in the state's raw input
 */
public record Catcher(
    @Nullable String comment, ErrorMatch errors, ResultPath resultPath, String next) {
  /** The next state's input, of the state's raw input and {@code {"Error": .., "Cause": ..}}. */
  public JsonNode output(Scope raw, String error, @Nullable String cause) {
    var output = JsonNodeFactory.instance.objectNode();
    output.put("Error", error);
    if (cause != null) {
      output.put("Cause", cause);
    }
    return resultPath.apply(raw.input(), output);
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
