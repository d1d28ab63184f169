package dev.tutti.core.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.asl.MapState;
import dev.tutti.core.asl.data.Scope;
import dev.tutti.core.asl.data.StatesError;
import dev.tutti.core.kernel.Moment;
import java.util.ArrayList;

/** Makes children's inputs of a page of items: the state's ItemSelector, then its ItemBatcher. */
final class ItemSelection {
  private final Definitions definitions;

  ItemSelection(Definitions definitions) {
    this.definitions = definitions;
  }

  /**
   * What a page becomes.
   *
   * @param page as {@link MapRunCalls#READ_ITEMS} answers it
   * @throws StatesError where an item can't be made an input
   */
  MapRunFact of(MapRun run, MapRunStart start, JsonNode page, Moment moment) {
    MapReading reading = start.reading();
    if (reading == null) {
      throw new IllegalStateException(run.arn() + " reads nothing");
    }
    MapState state =
        MapStates.named(definitions.of(start.machineArn(), start.revision()), start.state());
    var scope =
        new Scope(
            reading.input(),
            reading.context(),
            (ObjectNode) reading.variables(),
            new Chance(moment, run.read()));
    var items = new ArrayList<>(run.left());
    int index = run.read();
    for (JsonNode item : page.path("items")) {
      Scope own =
          scope.in(ContextObject.withItem((ObjectNode) reading.context().deepCopy(), index, item));
      items.add(state.items().iterationInput(own, item));
      index++;
    }
    boolean last = page.path("last").asBoolean();
    Batches batches = Batches.of(items, start.batching(), last);
    return new MapRunFact.ItemsRead(
        page.path("items").size(),
        batches.children(),
        batches.left(),
        page.path("position").asText(),
        last);
  }
}
