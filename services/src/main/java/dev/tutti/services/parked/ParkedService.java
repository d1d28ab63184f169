package dev.tutti.services.parked;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.delivery.Deliveries;
import dev.tutti.core.delivery.Delivery;
import dev.tutti.core.delivery.DeliveryCommand;
import dev.tutti.core.delivery.DeliveryFact;
import dev.tutti.core.json.Codec;
import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.Key;
import dev.tutti.core.kernel.Recorded;
import dev.tutti.core.kernel.Request;
import dev.tutti.host.Reader.Row;
import dev.tutti.services.Exchange;
import dev.tutti.services.Operation;
import dev.tutti.services.Service;
import dev.tutti.wire.ServiceError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The calling context's parked deliveries.
 *
 * <ul>
 *   <li>{@code List {filter, After, Limit}} → {@code {Deliveries: […], Next}}, newest first
 *   <li>{@code Groups {filter}} → {@code {Groups: [{Group, Source, Target, Reason, Error, Message,
 *       Count, Newest, Oldest, Example}]}}, the largest first
 *   <li>{@code Show {Delivery}} → the delivery with its payload and its history
 *   <li>{@code Edit {Delivery, Payload}}, {@code Redrive {Delivery}}, {@code Discard {Delivery,
 *       Reason}} → {@code {}}
 * </ul>
 *
 * A filter is read by {@link Filter#of}. Reading goes over the context's parked rows a page at a
 * time, so memory doesn't grow with how many there are.
 */
public final class ParkedService implements Service {
  private static final int PAGE = 500;
  private static final int MOST_GROUPS = 1000;
  private static final int MOST_FACTS = 2000;
  private static final int DEFAULT_LIMIT = 100;

  private static final Codec<DeliveryFact> FACTS = new Codec<>(DeliveryFact.class);

  private final Deliveries deliveries;

  public ParkedService(Deliveries deliveries) {
    this.deliveries = deliveries;
  }

  @Override
  public String name() {
    return "parked";
  }

  @Override
  public Map<String, Operation> operations() {
    return Map.of(
        "List", this::list,
        "Groups", this::groups,
        "Show", this::show,
        "Edit", this::edit,
        "Redrive", this::redrive,
        "Discard", this::discard);
  }

  private JsonNode list(Exchange exchange) {
    JsonNode input = exchange.input();
    int limit = Math.clamp(input.path("Limit").asInt(DEFAULT_LIMIT), 1, MOST_GROUPS);
    String after = input.path("After").asText("");
    Filter filter = Filter.of(input);
    ObjectNode output = Json.object();
    ArrayNode listed = output.putArray("Deliveries");
    List<@Nullable List<String>> last = new ArrayList<>();
    visit(
        exchange,
        after.isEmpty() ? null : key(exchange, after),
        row -> {
          if (filter.admits(row.value())) {
            listed.add(described(row));
            last.add(row.key());
          }
          return listed.size() < limit;
        });
    if (listed.size() == limit) {
      List<String> key = last.getLast();
      output.put("Next", key.get(1) + "~" + key.get(2));
    }
    return output;
  }

  private static List<String> key(Exchange exchange, String after) {
    int split = after.indexOf('~');
    if (split < 0) {
      throw new ServiceError("ValidationException", "After is not what a list gave as Next.");
    }
    return List.of(exchange.context(), after.substring(0, split), after.substring(split + 1));
  }

  /** Shows the context's parked rows, newest first, until told to stop. */
  private static void visit(
      Exchange exchange, @Nullable List<String> after, Predicate<Row> onwards) {
    @Nullable List<String> from = after;
    List<Row> page;
    do {
      page = exchange.reader().rows(Deliveries.PARKED, List.of(exchange.context()), from, PAGE);
      for (Row row : page) {
        if (!onwards.test(row)) {
          return;
        }
        from = row.key();
      }
    } while (page.size() == PAGE);
  }

  private static ObjectNode described(Row row) {
    JsonNode value = row.value();
    ObjectNode described =
        Json.object()
            .put("Delivery", row.key().get(2))
            .put("Handle", Workbench.handle(row.key().get(2)))
            .put("Context", value.path("context").asText())
            .put("EventId", value.path("event").asText())
            .put("Source", value.path("source").asText())
            .put("Target", value.path("target").asText())
            .put("Attempts", value.path("attempt").intValue())
            .put("Reason", value.path("reason").asText())
            .put("Error", value.path("error").asText())
            .put("Message", value.path("message").asText())
            .put("Began", value.path("beganMillis").longValue())
            .put("Parked", value.path("parkedMillis").longValue())
            .put("Edited", value.path("edited").booleanValue())
            .put("Group", Group.of(value).id());
    if (value.has("targetId")) {
      described.put("TargetId", value.path("targetId").asText());
    }
    return described;
  }

  /** What is counted of a group while rows go by, newest first. */
  private static final class Counted {
    private final Row newest;
    private long count;
    private long oldestMillis;

    Counted(Row newest) {
      this.newest = newest;
    }

    ObjectNode json(Group group) {
      return group
          .json()
          .put("Count", count)
          .put("Newest", newest.value().path("parkedMillis").longValue())
          .put("Oldest", oldestMillis)
          .put("Example", newest.key().get(2));
    }
  }

  private JsonNode groups(Exchange exchange) {
    Filter filter = Filter.of(exchange.input());
    Map<Group, Counted> found = new LinkedHashMap<>();
    List<Long> more = new ArrayList<>();
    visit(
        exchange,
        null,
        row -> {
          if (filter.admits(row.value())) {
            Group group = Group.of(row.value());
            if (found.size() < MOST_GROUPS || found.containsKey(group)) {
              Counted counted = found.computeIfAbsent(group, _ -> new Counted(row));
              counted.count++;
              counted.oldestMillis = row.value().path("parkedMillis").longValue();
            } else if (more.isEmpty()) {
              more.add(1L);
            }
          }
          return true;
        });
    ObjectNode output = Json.object();
    ArrayNode groups = output.putArray("Groups");
    found.entrySet().stream()
        .sorted((one, other) -> Long.compare(other.getValue().count, one.getValue().count))
        .forEach(entry -> groups.add(entry.getValue().json(entry.getKey())));
    return more.isEmpty() ? output : output.put("Incomplete", true);
  }

  private JsonNode show(Exchange exchange) {
    Key key = own(exchange);
    List<Recorded<DeliveryFact>> facts = exchange.reader().facts(key, deliveries, 1, MOST_FACTS);
    ObjectNode shown = exchange.reader().read(key, deliveries, ParkedService::shown);
    shown
        .put("Delivery", key.id())
        .put("Handle", Workbench.handle(key.id()))
        .put("Trace", facts.getFirst().cause().root());
    ArrayNode history = shown.putArray("History");
    for (Recorded<DeliveryFact> recorded : facts) {
      ObjectNode entry =
          history
              .addObject()
              .put("At", recorded.millis())
              .put("By", recorded.cause().origin())
              .put("Fact", recorded.fact().getClass().getSimpleName());
      if (!(recorded.fact() instanceof DeliveryFact.Begun)) {
        entry.set("What", FACTS.encode(recorded.fact()).elements().next());
      }
    }
    return shown;
  }

  private static ObjectNode shown(Delivery state) {
    DeliveryFact.Begun begun = begun(state);
    ObjectNode shown =
        Json.object()
            .put("Phase", state.phase().name())
            .put("Context", begun.context())
            .put("Source", begun.source().arn())
            .put("EventId", begun.source().eventId())
            .put("Target", begun.target())
            .put("Attempts", state.attempt())
            .put("Began", state.beganMillis())
            .put("Parked", state.parkedMillis())
            .put("Reason", String.valueOf(state.reason()))
            .put("Error", state.error())
            .put("Message", state.message())
            .put("Edited", state.isEdited());
    Request request = state.request();
    shown.put("Payload", request == null ? "" : Payload.of(request));
    return shown;
  }

  private JsonNode edit(Exchange exchange) {
    Key key = own(exchange);
    String payload = exchange.input().path("Payload").asText();
    Request request =
        exchange
            .reader()
            .read(key, deliveries, state -> Optional.ofNullable(state.request()))
            .orElseThrow(() -> unknown(key.id()));
    return exchange.ask(key, new DeliveryCommand.Edit(Payload.with(request, payload)));
  }

  private JsonNode redrive(Exchange exchange) {
    return exchange.ask(own(exchange), new DeliveryCommand.Redrive(null));
  }

  private JsonNode discard(Exchange exchange) {
    String reason = exchange.input().path("Reason").asText("");
    return exchange.ask(
        own(exchange), new DeliveryCommand.Discard(reason.isEmpty() ? null : reason));
  }

  /** The delivery that is named, which is the caller's. */
  private Key own(Exchange exchange) {
    String id = exchange.input().path("Delivery").asText();
    if (id.isEmpty()) {
      throw new ServiceError("ValidationException", "Delivery is required.");
    }
    Key key = Deliveries.key(id);
    String owner =
        exchange
            .reader()
            .read(key, deliveries, state -> state.begun() == null ? "" : begun(state).context());
    if (!owner.equals(exchange.context())) {
      throw unknown(id);
    }
    return key;
  }

  private static DeliveryFact.Begun begun(Delivery state) {
    DeliveryFact.Begun begun = state.begun();
    if (begun == null) {
      throw new IllegalStateException("the delivery has not begun");
    }
    return begun;
  }

  private static ServiceError unknown(String id) {
    return new ServiceError("ResourceNotFoundException", "There is no delivery " + id + ".", 404);
  }
}
