package dev.tutti.services.states.items;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Codec;
import dev.tutti.core.json.Json;
import dev.tutti.core.workflow.MapReading;
import dev.tutti.services.Exchange;
import dev.tutti.services.objects.Bucket;
import dev.tutti.services.objects.ObjectStore;
import dev.tutti.wire.ServiceError;
import java.io.IOException;

/**
 * Reads one page of the items of a map run (developer guide, "ItemReader"). Stateless: a position,
 * which only the format that made it understands, says where to go on, so that any process can.
 */
public final class ItemPages {
  private static final Codec<MapReading> READINGS = new Codec<>(MapReading.class);

  private final ObjectStore store;

  public ItemPages(ObjectStore store) {
    this.store = store;
  }

  /** What {@link dev.tutti.core.workflow.MapRunCalls#READ_ITEMS} does. */
  public JsonNode read(Exchange exchange) {
    JsonNode input = exchange.input();
    MapReading reading = READINGS.decode(input.path("reading"));
    long read = input.path("read").asLong();
    long most = reading.maxItems() < 0 ? Long.MAX_VALUE : reading.maxItems() - read;
    var page = new Page(most);
    String position = input.path("position").asText();
    String next = most <= 0 ? "" : next(exchange, reading, position, page);
    ObjectNode output = Json.object();
    ArrayNode items = output.putArray("items");
    page.items().forEach(items::add);
    output.put("position", next);
    output.put("last", next.isEmpty() || page.items().size() >= most);
    return output;
  }

  private String next(Exchange exchange, MapReading reading, String position, Page page) {
    JsonNode arguments = reading.arguments() == null ? Json.object() : reading.arguments();
    String name = arguments.path("Bucket").asText("");
    try {
      if (!arguments.path("Bucket").isTextual()) {
        throw new Unreadable("The ItemReader needs a Bucket.");
      }
      var source =
          new Source(store, new Bucket(exchange.context(), name), arguments, reading.config());
      return source.read(position, page);
    } catch (Unreadable e) {
      throw new ServiceError("ItemReaderFailed", String.valueOf(e.getMessage()));
    } catch (ObjectStore.NoSuchBucket e) {
      throw new ServiceError("ItemReaderFailed", "The specified bucket does not exist: " + name);
    } catch (IOException e) {
      throw new ServiceError("ItemReaderFailed", "The items can't be read: " + e.getMessage());
    }
  }
}
