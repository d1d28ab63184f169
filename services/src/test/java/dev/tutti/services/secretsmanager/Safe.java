package dev.tutti.services.secretsmanager;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.connections.ApiDestinations;
import dev.tutti.core.connections.Connections;
import dev.tutti.core.events.Archives;
import dev.tutti.core.events.Buses;
import dev.tutti.core.events.Replays;
import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.Outcome;
import dev.tutti.core.secrets.Secrets;
import dev.tutti.host.Engine;
import dev.tutti.host.MemoryStore;
import dev.tutti.host.Store;
import dev.tutti.services.Operations;
import dev.tutti.services.connections.ConnectedWeb;
import dev.tutti.services.events.EventsService;
import dev.tutti.services.http.OpenWeb;
import dev.tutti.services.secrets.Vault;
import dev.tutti.wire.Call;
import dev.tutti.wire.model.Models;
import dev.tutti.wire.model.ServiceModel;
import dev.tutti.wire.protocol.Protocol;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Secrets Manager and EventBridge's connections in real time, called through the door. */
final class Safe implements AutoCloseable {
  static final String OWNER = "111111111111";
  static final String OTHER = "222222222222";

  private final MemoryStore store = new MemoryStore();
  private final OpenWeb web = new OpenWeb();
  private final Engine engine;
  private final Operations door;

  Safe() {
    Secrets secrets = new Secrets();
    Connections connections = new Connections();
    ApiDestinations destinations = new ApiDestinations();
    engine = Engine.on(store).decider(secrets).decider(connections).decider(destinations).build();
    Vault vault = Vault.inMemory();
    ConnectedWeb connected = new ConnectedWeb(connections, vault, web, System::currentTimeMillis);
    door =
        new Operations(
            engine,
            List.of(
                new SecretsManagerService(secrets, connected, vault, System::currentTimeMillis),
                new EventsService(
                    new Buses(),
                    new Archives(),
                    new Replays(),
                    destinations,
                    connected,
                    bus -> Long.MAX_VALUE,
                    System::currentTimeMillis)),
            post -> new Outcome.Failed("http", "Unreachable", post.url(), 0),
            System::currentTimeMillis);
    engine.start(door);
  }

  /** Calls an operation of Secrets Manager as the owner. */
  JsonNode call(String operation, String input) {
    return callAs(OWNER, operation, input);
  }

  /**
   * Calls an operation of Secrets Manager as somebody, and writes its output as clients would get
   * it.
   *
   * @throws dev.tutti.wire.ServiceError where it is refused
   */
  JsonNode callAs(String context, String operation, String input) {
    JsonNode output = door.call(call(context, "secretsmanager", operation, input, null));
    ServiceModel model = Models.of("secretsmanager");
    var _ = Protocol.of(model).answer(model.operation(operation).orElseThrow(), output, "request");
    return output;
  }

  /** Calls an operation of Secrets Manager as a request over HTTP does. */
  JsonNode request(String operation, String input) {
    return door.call(call(OWNER, "secretsmanager", operation, input, OWNER));
  }

  JsonNode events(String operation, String input) {
    return door.call(call(OWNER, "events", operation, input, null));
  }

  private static Call call(
      String context, String service, String operation, String input, @Nullable String key) {
    String id = UUID.randomUUID().toString();
    return new Call(context, "us-east-1", service, operation, Json.parse(input), id, null, key);
  }

  /** All that was ever committed, as text. */
  String committed() {
    List<String> all = new ArrayList<>();
    byte[] first = new byte[0];
    byte[] last = {(byte) 0xff};
    for (Store.Table table : Store.Table.values()) {
      store.scan(
          table,
          first,
          last,
          (key, value) ->
              all.add(
                  new String(key, StandardCharsets.UTF_8)
                      + new String(value, StandardCharsets.UTF_8)));
    }
    return String.join("\n", all);
  }

  @Override
  public void close() {
    engine.close();
    web.close();
  }
}
