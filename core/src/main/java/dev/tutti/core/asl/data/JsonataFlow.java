package dev.tutti.core.asl.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * Data flow by JSONata (specification, "Input and output processing"): what isn't stated is handed
 * on whole.
 *
 * @param arguments null for the state's input
 * @param output null for the state's result
 * @param assign variables to set; null for none
 */
public record JsonataFlow(
    @Nullable PayloadTemplate arguments,
    @Nullable PayloadTemplate output,
    @Nullable PayloadTemplate assign)
    implements DataFlow {
  @Override
  public JsonNode input(Scope raw) {
    return raw.input();
  }

  @Override
  public JsonNode arguments(Scope raw) {
    return raw.seen(Stage.AFTER_ARGUMENTS, arguments == null ? raw.input() : arguments.render(raw));
  }

  @Override
  public JsonNode output(Scope raw, JsonNode result) {
    return output == null ? result : output.render(done(raw, result));
  }

  @Override
  public ObjectNode assigned(Scope raw, JsonNode result) {
    return assign != null && assign.render(done(raw, result)) instanceof ObjectNode variables
        ? variables
        : JsonNodeFactory.instance.objectNode();
  }

  /** In a Catch there is an error output and no result. */
  private static Scope done(Scope raw, JsonNode result) {
    return raw.errorOutput() == null ? raw.after(result) : raw;
  }
}
