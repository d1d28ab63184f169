package dev.tutti.core.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.asl.ItemBatcher;
import dev.tutti.core.asl.ItemReader;
import dev.tutti.core.asl.MapState;
import dev.tutti.core.asl.ResultWriter;
import dev.tutti.core.asl.data.Amount;
import dev.tutti.core.asl.data.PayloadTemplate;
import dev.tutti.core.asl.data.Scope;
import dev.tutti.core.asl.data.StatesError;
import dev.tutti.core.kernel.Ids;
import dev.tutti.core.workflow.execution.Arns;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a Map state whose iterations are executions of their own begins. */
final class Distributing {
  private static final BigDecimal NONE = BigDecimal.valueOf(-1);

  private final MapState state;
  private final MapState.Distributed mode;
  private final Execution execution;
  private final Scope scope;

  /**
   * The beginning of a state.
   *
   * @param scope over the state's input
   */
  Distributing(MapState state, MapState.Distributed mode, Execution execution, Scope scope) {
    this.state = state;
    this.mode = mode;
    this.execution = execution;
    this.scope = scope;
  }

  /**
   * The fact that starts the state's map run.
   *
   * @param items that the data holds
   */
  ExecutionFact.MapRunStarted begin(int strand, long id, long previous, List<JsonNode> items) {
    ExecutionFact.Started started = execution.begun();
    long count =
        state.toleratedFailureCount() == null ? -1 : state.toleratedFailureCount().value(scope);
    BigDecimal percentage =
        state.toleratedFailurePercentage() == null
            ? NONE
            : state.toleratedFailurePercentage().value(scope);
    MapBatching batching = batching();
    Batches batches = Batches.of(selected(state, items, scope), batching, true);
    List<Integer> sizes =
        batching == null ? null : batches.children().stream().map(MapRunItem::items).toList();
    return new ExecutionFact.MapRunStarted(
        id,
        previous,
        strand,
        arn(id),
        new MapRunStart(
            execution.arn(),
            id,
            started.machineArn(),
            MachineCatalogue.whole(started.revision()),
            started.roleArn(),
            state.name(),
            Math.max(0, amount(state.maxConcurrency(), 0)),
            count,
            percentage,
            batches.children().stream().map(MapRunItem::input).toList(),
            sizes,
            reading(),
            batching,
            writing(),
            mode.express() ? true : null));
  }

  /** What the items become by the state's ItemSelector, if it has one. */
  static List<JsonNode> selected(MapState state, List<JsonNode> items, Scope scope) {
    var inputs = new ArrayList<JsonNode>();
    for (int i = 0; i < items.size(); i++) {
      JsonNode item = items.get(i);
      ObjectNode context = ContextObject.withItem((ObjectNode) scope.context().deepCopy(), i, item);
      inputs.add(state.items().iterationInput(scope.in(context), item));
    }
    return inputs;
  }

  private long amount(@Nullable Amount amount, long otherwise) {
    return amount == null ? otherwise : amount.value(scope);
  }

  private @Nullable MapReading reading() {
    ItemReader reader = mode.reader();
    return reader == null
        ? null
        : new MapReading(
            rendered(reader.arguments()),
            reader.config(),
            amount(reader.maxItems(), -1),
            scope.input(),
            scope.context(),
            scope.variables());
  }

  private @Nullable JsonNode rendered(@Nullable PayloadTemplate template) {
    return template == null ? null : template.render(scope);
  }

  private @Nullable MapBatching batching() {
    ItemBatcher batcher = mode.batcher();
    return batcher == null
        ? null
        : new MapBatching(
            amount(batcher.items(), 0),
            amount(batcher.bytes(), Draft.MAX_PAYLOAD_BYTES),
            rendered(batcher.input()));
  }

  private @Nullable MapWriting writing() {
    ResultWriter writer = mode.writer();
    if (writer == null) {
      return null;
    }
    JsonNode arguments = writer.exports() ? rendered(writer.arguments()) : null;
    if (writer.exports() && (arguments == null || !arguments.path("Bucket").isTextual())) {
      throw StatesError.runtime("The ResultWriter of a Map state needs a Bucket.");
    }
    if (!writer.exports() && writer.lines()) {
      throw StatesError.runtime(
          "The OutputType JSONL of a ResultWriter that exports nothing is not supported by this"
              + " runtime.");
    }
    return new MapWriting(arguments, writer.transformation(), writer.lines());
  }

  private String arn(long id) {
    ExecutionFact.Started started = execution.begun();
    String given = mode.label();
    String label =
        given == null
            ? Ids.uuid(started.machineArn() + "#" + started.revision() + "#" + state.name())
            : given;
    return Arns.mapRun(started.machineArn(), label, Ids.uuid(execution.arn() + "#" + id));
  }
}
