package dev.tutti.core.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.asl.MapState;
import dev.tutti.core.asl.data.Scope;
import dev.tutti.core.kernel.Ids;
import dev.tutti.core.workflow.execution.Arns;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** How a Map state whose iterations are executions of their own begins. */
final class Distributing {
  private static final BigDecimal NONE = BigDecimal.valueOf(-1);

  private Distributing() {}

  /**
   * The fact that starts the state's map run.
   *
   * @param scope over the state's input
   * @param input of the child for an item, by the item's place
   */
  static ExecutionFact.MapRunStarted begin(
      MapState state,
      Execution execution,
      int strand,
      long id,
      long previous,
      Scope scope,
      List<JsonNode> items,
      BiFunction<Integer, JsonNode, JsonNode> input) {
    ExecutionFact.Started started = execution.begun();
    long concurrency = state.maxConcurrency() == null ? 0 : state.maxConcurrency().value(scope);
    long count =
        state.toleratedFailureCount() == null ? -1 : state.toleratedFailureCount().value(scope);
    BigDecimal percentage =
        state.toleratedFailurePercentage() == null
            ? NONE
            : state.toleratedFailurePercentage().value(scope);
    var inputs = new ArrayList<JsonNode>();
    for (int i = 0; i < items.size(); i++) {
      inputs.add(input.apply(i, items.get(i)));
    }
    String base = MachineCatalogue.whole(started.revision());
    return new ExecutionFact.MapRunStarted(
        id,
        previous,
        strand,
        arn(state, execution, id),
        new MapRunStart(
            execution.arn(),
            id,
            started.machineArn(),
            base,
            started.roleArn(),
            state.name(),
            Math.max(0, concurrency),
            count,
            percentage,
            inputs));
  }

  private static String arn(MapState state, Execution execution, long id) {
    ExecutionFact.Started started = execution.begun();
    @Nullable String given = state.distributed() == null ? null : state.distributed().label();
    String label =
        given == null
            ? Ids.uuid(started.machineArn() + "#" + started.revision() + "#" + state.name())
            : given;
    return Arns.mapRun(started.machineArn(), label, Ids.uuid(execution.arn() + "#" + id));
  }
}
