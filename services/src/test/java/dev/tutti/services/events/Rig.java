package dev.tutti.services.events;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.connections.ApiDestinations;
import dev.tutti.core.connections.Connections;
import dev.tutti.core.connections.DestinationRates;
import dev.tutti.core.delivery.Deliveries;
import dev.tutti.core.delivery.MessageGroups;
import dev.tutti.core.events.Archives;
import dev.tutti.core.events.BusCatalogue;
import dev.tutti.core.events.Buses;
import dev.tutti.core.events.Events;
import dev.tutti.core.events.LogKeepers;
import dev.tutti.core.events.Replays;
import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.Outcome;
import dev.tutti.host.Engine;
import dev.tutti.host.MemoryStore;
import dev.tutti.host.Paces;
import dev.tutti.services.Operation;
import dev.tutti.services.Operations;
import dev.tutti.services.Service;
import dev.tutti.services.connections.ConnectedWeb;
import dev.tutti.services.http.OpenWeb;
import dev.tutti.services.secrets.Vault;
import dev.tutti.wire.Call;
import dev.tutti.wire.ServiceError;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Buses in real time, with stand-ins for the services that targets belong to; the engine may be
 * opened anew on what the one before left.
 */
final class Rig implements AutoCloseable {
  static final String OWNER = "111111111111";
  static final String ARNS = "arn:aws:events:us-east-1:" + OWNER + ":";
  static final String BUS = ARNS + "event-bus/default";
  static final String PATTERN = "{\"source\":[\"shop\"]}";

  private final MemoryStore store = new MemoryStore();
  private final Map<String, Map<String, Operation>> standIns = new HashMap<>();
  private final AtomicInteger calls = new AtomicInteger();
  private final OpenWeb web = new OpenWeb();
  private volatile long listenedMillis = Long.MAX_VALUE;
  private volatile long laterMillis;
  private final Vault vault = Vault.inMemory();

  @SuppressWarnings("NullAway.Init") // open() comes first
  private BusCatalogue catalogue;

  @SuppressWarnings("NullAway.Init")
  private Events events;

  @SuppressWarnings("NullAway.Init")
  private Engine engine;

  @SuppressWarnings("NullAway.Init")
  private Operations door;

  /** Lets an operation of another service be performed by a stand-in. */
  Rig with(String service, String operation, Operation standIn) {
    standIns.put(service, Map.of(operation, standIn));
    return this;
  }

  private record StandIn(String name, Map<String, Operation> operations) implements Service {}

  Rig open() {
    catalogue = new BusCatalogue();
    Buses buses = new Buses();
    Archives archives = new Archives();
    Replays replays = new Replays();
    events = new Events(catalogue);
    Connections connections = new Connections();
    ApiDestinations destinations = new ApiDestinations();
    DestinationRates rates = new DestinationRates();
    engine =
        Engine.on(store)
            .decider(buses)
            .follow(buses, catalogue::on)
            .decider(events)
            .decider(archives)
            .follow(archives, catalogue::onArchive)
            .decider(replays)
            .decider(new LogKeepers())
            .decider(connections)
            .decider(destinations)
            .follow(destinations, rates::on)
            .paces(new Paces(rates))
            .decider(new Deliveries())
            .decider(new MessageGroups())
            .build();
    List<Service> services = new ArrayList<>();
    services.add(
        new EventsService(
            buses,
            archives,
            replays,
            destinations,
            new ConnectedWeb(connections, vault, web, System::currentTimeMillis),
            bus -> listenedMillis,
            () -> System.currentTimeMillis() + laterMillis));
    standIns.forEach((name, operations) -> services.add(new StandIn(name, operations)));
    door =
        new Operations(
            engine,
            services,
            post -> new Outcome.Failed("http", "Unreachable", post.url(), 0),
            System::currentTimeMillis);
    engine.start(door);
    return this;
  }

  /** Ends the engine where it stands and opens another on the same store. */
  void reopen() {
    engine.close();
    open();
  }

  @Override
  public void close() {
    engine.close();
    web.close();
  }

  /** Lets EventBridge's clock go before the others. */
  void later(long millis) {
    laterMillis = millis;
  }

  /** Up to when logs are read by those who read them. */
  void listened(long millis) {
    listenedMillis = millis;
  }

  Operations door() {
    return door;
  }

  BusCatalogue buses() {
    return catalogue;
  }

  /** All that was ever committed. */
  MemoryStore store() {
    return store;
  }

  Engine engine() {
    return engine;
  }

  Events events() {
    return events;
  }

  /**
   * Calls an operation of EventBridge as the owner.
   *
   * @throws ServiceError where it is refused
   */
  JsonNode call(String operation, JsonNode input) {
    String id = "call-" + calls.incrementAndGet();
    return door.call(new Call(OWNER, "us-east-1", "events", operation, input, id, null));
  }

  JsonNode call(String operation, String input) {
    return call(operation, Json.parse(input));
  }

  /** Puts numbered events and returns their ids. */
  List<String> put(int count) {
    List<String> ids = new ArrayList<>();
    for (int sent = 0; sent < count; sent += 10) {
      ObjectNode input = Json.object();
      ArrayNode entries = input.putArray("Entries");
      for (int i = sent; i < Math.min(count, sent + 10); i++) {
        entries
            .addObject()
            .put("Source", "shop")
            .put("DetailType", "Ordered")
            .put("Detail", "{\"n\":" + i + "}");
      }
      call("PutEvents", input)
          .path("Entries")
          .forEach(entry -> ids.add(entry.path("EventId").asText()));
    }
    return ids;
  }

  /** Puts a rule for all those events with one target; its id is t. */
  void subscribe(String rule, ObjectNode target) {
    call("PutRule", Json.object().put("Name", rule).put("EventPattern", PATTERN));
    ObjectNode input = Json.object().put("Rule", rule);
    input.putArray("Targets").add(target.put("Id", "t"));
    call("PutTargets", input);
  }
}
