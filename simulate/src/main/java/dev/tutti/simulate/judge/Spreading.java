package dev.tutti.simulate.judge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.asl.ItemBatcher;
import dev.tutti.core.asl.MapState;
import dev.tutti.core.asl.ResultWriter;
import dev.tutti.core.asl.data.PayloadTemplate;
import dev.tutti.core.asl.data.Scope;
import dev.tutti.core.json.Json;
import dev.tutti.core.workflow.ExecutionFact;
import dev.tutti.core.workflow.MapRunStart;
import dev.tutti.core.workflow.MapWriting;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How a map run begins: as its state says (I8). */
final class Spreading {
  private Spreading() {}

  /**
   * Compares how a map run begins with what its state says.
   *
   * @param over what the state's expressions see
   * @param inputs what the children get, each by itself
   * @throws Rejected where that differs
   */
  static void compare(
      String where,
      ExecutionFact.MapRunStarted begun,
      String arn,
      MapState s,
      MapState.Distributed mode,
      Scope over,
      List<JsonNode> inputs) {
    MapRunStart start = begun.start();
    long count = s.toleratedFailureCount() == null ? -1 : s.toleratedFailureCount().value(over);
    BigDecimal percentage =
        s.toleratedFailurePercentage() == null
            ? BigDecimal.valueOf(-1)
            : s.toleratedFailurePercentage().value(over);
    boolean same =
        start.executionArn().equals(arn)
            && start.scheduled() == begun.id()
            && start.state().equals(s.name())
            && start.toleratedCount() == count
            && start.toleratedPercentage().compareTo(percentage) == 0
            && Boolean.TRUE.equals(start.express()) == mode.express()
            && (start.reading() != null) == s.reads()
            && isWriting(start.writing(), mode.writer(), over);
    List<JsonNode> batches = batches(inputs, mode.batcher(), over, true);
    if (!same || !start.inputs().equals(batches)) {
      throw new Rejected(where + " has to run " + batches + ", not " + start);
    }
  }

  private static boolean isWriting(
      @Nullable MapWriting told, @Nullable ResultWriter writer, Scope over) {
    if (told == null || writer == null) {
      return told == null && writer == null;
    }
    PayloadTemplate arguments = writer.exports() ? writer.arguments() : null;
    return Objects.equals(told.arguments(), arguments == null ? null : arguments.render(over))
        && told.transformation() == writer.transformation()
        && told.lines() == writer.lines();
  }

  /**
   * What the children get.
   *
   * @param all whether no more items will come, so that the last batch needn't be full
   */
  static List<JsonNode> batches(
      List<JsonNode> inputs, @Nullable ItemBatcher batcher, Scope over, boolean all) {
    if (batcher == null || batcher.items() == null) {
      return inputs;
    }
    int size = Math.toIntExact(batcher.items().value(over));
    List<JsonNode> batches = new ArrayList<>();
    int end = all ? inputs.size() : inputs.size() - inputs.size() % size;
    for (int from = 0; from < end; from += size) {
      ObjectNode batch = Json.object();
      ArrayNode items = batch.putArray("Items");
      inputs.subList(from, Math.min(from + size, end)).forEach(items::add);
      batches.add(batch);
    }
    return batches;
  }
}
