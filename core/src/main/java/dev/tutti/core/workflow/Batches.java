package dev.tutti.core.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Items as the inputs of children: one each, or as many as fit into a batch.
 *
 * @param children whose inputs are complete
 * @param left items that wait for others to fill their batch
 */
record Batches(List<MapRunItem> children, List<JsonNode> left) {
  private static final String ITEMS = "Items";

  /**
   * Cuts items.
   *
   * @param items those left before, then the new ones
   * @param by null where each child gets one item
   * @param last whether no more will come, so that none are left
   */
  static Batches of(List<JsonNode> items, @Nullable MapBatching by, boolean last) {
    var children = new ArrayList<MapRunItem>();
    if (by == null) {
      items.forEach(item -> children.add(new MapRunItem(item, 1)));
      return new Batches(children, List.of());
    }
    long frame = Json.bytes(batch(List.of(), by)).length;
    var open = new ArrayList<JsonNode>();
    long bytes = frame;
    for (JsonNode item : items) {
      long more = Json.bytes(item).length + (open.isEmpty() ? 0L : 1L);
      boolean full = by.items() > 0 && open.size() == by.items();
      if (!open.isEmpty() && (full || bytes + more > by.bytes())) {
        children.add(new MapRunItem(batch(open, by), open.size()));
        open.clear();
        bytes = frame;
        more = Json.bytes(item).length;
      }
      open.add(item);
      bytes += more;
    }
    boolean complete = last || (by.items() > 0 && open.size() == by.items());
    if (complete && !open.isEmpty()) {
      children.add(new MapRunItem(batch(open, by), open.size()));
      open.clear();
    }
    return new Batches(children, List.copyOf(open));
  }

  private static JsonNode batch(List<JsonNode> items, MapBatching by) {
    ObjectNode input = Json.object();
    if (by.input() != null) {
      input.set("BatchInput", by.input());
    }
    ArrayNode all = input.putArray(ITEMS);
    items.forEach(all::add);
    return input;
  }
}
