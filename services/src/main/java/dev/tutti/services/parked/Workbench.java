package dev.tutti.services.parked;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.delivery.Deliveries;
import dev.tutti.core.delivery.Delivery;
import dev.tutti.core.delivery.DeliveryFact;
import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.Ids;
import dev.tutti.core.kernel.Key;
import dev.tutti.core.kernel.Recorded;
import dev.tutti.host.Reader;
import dev.tutti.host.Reader.Row;
import dev.tutti.wire.Call;
import dev.tutti.wire.Door;
import dev.tutti.wire.ServiceError;
import dev.tutti.wire.TraceHeader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Parked deliveries as whoever runs the runtime sees them: of one context or of all, and many at a
 * time. Every single thing is done through the door, as the context that owns the delivery; a
 * change belongs to the trace of the event that is delivered, with its own origin.
 */
public final class Workbench {
  private static final Pattern HANDLE = Pattern.compile("[0-9a-f]{12}");
  private static final int PAGE = 500;
  private static final int AT_ONCE = 64;
  private static final int MOST_FACTS = 2000;

  private final Door door;
  private final Reader reader;
  private final Deliveries deliveries;
  private final String region;

  public Workbench(Door door, Reader reader, Deliveries deliveries, String region) {
    this.door = door;
    this.reader = reader;
    this.deliveries = deliveries;
    this.region = region;
  }

  /** A delivery's id in short, for people: 12 hex digits. */
  static String handle(String delivery) {
    return Ids.hex(delivery, 12);
  }

  /**
   * Lists parked deliveries; see {@link ParkedService}.
   *
   * @param asked {@code {Context?, filter, After?, Limit?}}; without context those of all, one
   *     context after the other
   */
  public ObjectNode list(ObjectNode asked) {
    int limit = Math.clamp(asked.path("Limit").asInt(100), 1, 1000);
    String after = asked.path("After").asText("");
    String from = after.isEmpty() ? "" : after.substring(0, Math.max(0, after.indexOf('~')));
    ObjectNode output = Json.object();
    ArrayNode all = output.putArray("Deliveries");
    for (String context : contexts(asked)) {
      if (context.compareTo(from) < 0 || all.size() >= limit) {
        continue;
      }
      ObjectNode input = asked.deepCopy().put("Limit", limit - all.size());
      input.put("After", context.equals(from) ? after.substring(from.length() + 1) : "");
      JsonNode page = call(context, "List", input, null);
      page.path("Deliveries").forEach(all::add);
      if (page.has("Next")) {
        output.put("Next", context + "~" + page.path("Next").asText());
      }
    }
    return output;
  }

  /** Groups parked deliveries by cause, the largest group first; see {@link ParkedService}. */
  public ObjectNode groups(ObjectNode asked) {
    List<ObjectNode> groups = new ArrayList<>();
    for (String context : contexts(asked)) {
      for (JsonNode group : call(context, "Groups", asked, null).path("Groups")) {
        groups.add(((ObjectNode) group.deepCopy()).put("Context", context));
      }
    }
    groups.sort(
        Comparator.comparingLong((ObjectNode group) -> group.path("Count").longValue()).reversed());
    ObjectNode output = Json.object();
    output.putArray("Groups").addAll(groups);
    return output;
  }

  /** One delivery, by its id or its handle, with payload and history. */
  public JsonNode show(String delivery) {
    Key key = find(delivery);
    return call(owner(key), "Show", named(key), null);
  }

  public void edit(String delivery, String payload) {
    change(find(delivery), "Edit", Json.object().put("Payload", payload));
  }

  public void redrive(String delivery) {
    change(find(delivery), "Redrive", Json.object());
  }

  public void discard(String delivery, String reason) {
    change(find(delivery), "Discard", Json.object().put("Reason", reason));
  }

  /** Redrives all that a filter admits, or discards them; returns how many. */
  public long changeAll(ObjectNode asked, String operation, String reason) {
    long changed = 0;
    ObjectNode input = asked.deepCopy().put("Limit", PAGE).put("After", "");
    try (ExecutorService workers =
        Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().factory())) {
      while (true) {
        ObjectNode page = list(input);
        List<Future<Boolean>> done = new ArrayList<>();
        for (JsonNode each : page.path("Deliveries")) {
          Key key = Deliveries.key(each.path("Delivery").asText());
          done.add(workers.submit(() -> changed(key, operation, reason)));
        }
        for (Future<Boolean> one : done) {
          changed += finished(one) ? 1 : 0;
        }
        if (!page.has("Next")) {
          return changed;
        }
        input.put("After", page.path("Next").asText());
      }
    }
  }

  private boolean changed(Key key, String operation, String reason) {
    try {
      change(key, operation, Json.object().put("Reason", reason));
      return true;
    } catch (ServiceError e) {
      if (e.code().equals("ResourceNotFoundException")) {
        return false; // somebody else was quicker
      }
      throw e;
    }
  }

  private static boolean finished(Future<Boolean> one) {
    try {
      return one.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("broken off", e);
    } catch (java.util.concurrent.ExecutionException e) {
      throw new IllegalStateException("a delivery could not be changed", e.getCause());
    }
  }

  private void change(Key key, String operation, ObjectNode input) {
    Recorded<DeliveryFact> last = reader.facts(key, deliveries, 1, MOST_FACTS).getLast();
    TraceHeader trace = new TraceHeader(last.cause().root(), key.span(last.seq()));
    var _ = call(owner(key), operation, input.put("Delivery", key.id()), trace);
  }

  private JsonNode call(
      String context, String operation, JsonNode input, @Nullable TraceHeader trace) {
    return door.call(
        new Call(context, region, "parked", operation, input, UUID.randomUUID().toString(), trace));
  }

  private static ObjectNode named(Key key) {
    return Json.object().put("Delivery", key.id());
  }

  /** The contexts that are asked for; where none is named, all that have something parked. */
  private List<String> contexts(JsonNode asked) {
    String context = asked.path("Context").asText("");
    if (!context.isEmpty()) {
      return List.of(context);
    }
    List<String> found = new ArrayList<>();
    @Nullable List<String> after = null;
    while (true) {
      List<Row> next = reader.rows(Deliveries.PARKED, List.of(), after, 1);
      if (next.isEmpty()) {
        return found;
      }
      found.add(next.getFirst().key().getFirst());
      after = List.of(found.getLast(), "~"); // after every time, which is digits
    }
  }

  private String owner(Key key) {
    String owner =
        reader.read(
            key,
            deliveries,
            (Delivery state) -> {
              DeliveryFact.Begun begun = state.begun();
              return begun == null ? "" : begun.context();
            });
    if (owner.isEmpty()) {
      throw unknown(key.id());
    }
    return owner;
  }

  private Key find(String delivery) {
    if (delivery.isEmpty() || delivery.indexOf('\0') >= 0) {
      throw unknown(delivery);
    }
    if (!HANDLE.matcher(delivery).matches()) {
      return Deliveries.key(delivery);
    }
    @Nullable List<String> after = null;
    List<Row> page;
    do {
      page = reader.rows(Deliveries.PARKED, List.of(), after, PAGE);
      for (Row row : page) {
        String id = row.key().get(2);
        if (handle(id).equals(delivery)) {
          return Deliveries.key(id);
        }
        after = row.key();
      }
    } while (page.size() == PAGE);
    throw unknown(delivery);
  }

  private static ServiceError unknown(String delivery) {
    return new ServiceError(
        "ResourceNotFoundException", "There is no parked delivery " + delivery + ".", 404);
  }
}
