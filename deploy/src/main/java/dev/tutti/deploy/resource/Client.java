package dev.tutti.deploy.resource;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.wire.Call;
import dev.tutti.wire.Door;
import dev.tutti.wire.ServiceError;
import java.util.Optional;
import java.util.UUID;

/** Calls operations as one context's account. */
public final class Client {
  private final Door door;
  private final String account;
  private final String region;

  public Client(Door door, String account, String region) {
    this.door = door;
    this.account = account;
    this.region = region;
  }

  String account() {
    return account;
  }

  /**
   * Performs an operation, once.
   *
   * @throws Refused where the service answers an error
   */
  JsonNode call(String service, String operation, JsonNode input) {
    var call =
        new Call(account, region, service, operation, input, UUID.randomUUID().toString(), null);
    try {
      return door.call(call);
    } catch (ServiceError e) {
      throw new Refused(service + ":" + operation, e);
    }
  }

  /** As {@link #call}; empty where what it is about doesn't exist. */
  Optional<JsonNode> find(String service, String operation, JsonNode input) {
    try {
      return Optional.of(call(service, operation, input));
    } catch (Refused e) {
      if (e.isMissing()) {
        return Optional.empty();
      }
      throw e;
    }
  }
}
