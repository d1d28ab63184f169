package dev.tutti.simulate.judge;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.asl.ItemReader;
import dev.tutti.core.asl.MapState;
import dev.tutti.core.asl.data.PayloadTemplate;
import dev.tutti.core.asl.data.Scope;
import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.Key;
import dev.tutti.core.kernel.Recorded;
import dev.tutti.core.workflow.MapReading;
import dev.tutti.core.workflow.MapRunFact;
import dev.tutti.core.workflow.MapRunItem;
import dev.tutti.core.workflow.execution.Arns;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * What map runs read: what the objects hold, all of it and in its order, and each item becomes what
 * the state says (I8).
 */
final class Reading {
  private final Map<Key, List<Recorded<?>>> facts;
  private final Stock stock;

  Reading(Map<Key, List<Recorded<?>>> facts, Stock stock) {
    this.facts = facts;
    this.stock = stock;
  }

  /**
   * The items that a state has to read; null where it can't.
   *
   * @param told what the run was told to read
   * @throws Rejected where that isn't what the state says
   */
  @Nullable List<JsonNode> due(
      String where, MapReading told, String arn, ItemReader reader, Scope over) {
    PayloadTemplate template = reader.arguments();
    JsonNode arguments = template == null ? Json.object() : template.render(over);
    long most = reader.maxItems() == null ? -1 : reader.maxItems().value(over);
    if (!arguments.equals(told.arguments())
        || !reader.config().equals(told.config())
        || told.maxItems() != most) {
      throw new Rejected(where + " has to read " + arguments + ", not " + told);
    }
    List<JsonNode> items = stock.items(Arns.account(arn), arguments, reader.config());
    return items == null || most < 0 || most >= items.size()
        ? items
        : items.subList(0, Math.toIntExact(most));
  }

  /**
   * Compares what a run read with that.
   *
   * @param due see {@link #due}
   * @param input what an item becomes, by its place
   * @throws Rejected where that differs
   */
  void compare(
      String where,
      String run,
      MapState.Distributed mode,
      Scope over,
      @Nullable List<JsonNode> due,
      IntFunction<JsonNode> input) {
    List<JsonNode> made = new ArrayList<>();
    int read = 0;
    boolean last = false;
    for (Recorded<MapRunFact> recorded :
        Judge.of(facts, MapRunFact.class, new Key("mapRun", run))) {
      switch (recorded.fact()) {
        case MapRunFact.ItemsRead f -> {
          if (last || due == null) {
            throw new Rejected(where + ": nothing is left to read, but " + f);
          }
          f.children().stream().map(MapRunItem::input).forEach(made::add);
          read += f.items();
          last = f.last();
        }
        case MapRunFact.Ended f
            when "States.ItemReaderFailed".equals(f.error())
                && due != null
                && !stock.hasRefused() ->
            throw new Rejected(where + " could have been read: " + f);
        case MapRunFact _ -> {}
      }
    }
    if (due == null) {
      return;
    }
    if (read > due.size() || (last && read != due.size())) {
      throw new Rejected(where + " reads " + read + " items of " + due.size());
    }
    List<JsonNode> inputs = new ArrayList<>();
    for (int i = 0; i < read; i++) {
      inputs.add(input.apply(i));
    }
    List<JsonNode> children = Spreading.batches(inputs, mode.batcher(), over, last);
    if (!made.equals(children)) {
      throw new Rejected(where + " has to run " + children + ", not " + made);
    }
  }
}
