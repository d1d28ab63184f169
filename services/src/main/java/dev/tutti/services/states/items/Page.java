package dev.tutti.services.states.items;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.json.Json;
import java.util.ArrayList;
import java.util.List;

/** Items that are read at once: bounded in number and in length. */
final class Page {
  static final int MOST_ITEMS = 500;
  private static final int ENOUGH_BYTES = 1 << 20;

  private final List<JsonNode> items = new ArrayList<>();
  private final long room;
  private long bytes;

  /** Room for so many items and no more than a page has. */
  Page(long most) {
    this.room = Math.min(most, MOST_ITEMS);
  }

  boolean isFull() {
    return items.size() >= room || bytes >= ENOUGH_BYTES;
  }

  void add(JsonNode item) {
    items.add(item);
    bytes += Json.bytes(item).length;
  }

  List<JsonNode> items() {
    return items;
  }
}
