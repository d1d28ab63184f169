package dev.tutti.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import dev.tutti.deploy.StackRecords;
import dev.tutti.wire.Call;
import dev.tutti.wire.Door;
import java.util.Optional;
import java.util.UUID;

/** Keeps the deployer's records in the contexts themselves, through the door. */
record RuntimeStacks(Door door, String region) implements StackRecords {

  @Override
  public Optional<JsonNode> load(String account, String stack) {
    return Optional.ofNullable(all(account).get(stack));
  }

  /** Records of an account's stacks, by stack. */
  JsonNode all(String account) {
    return call(account, "ListStacks", Json.object()).path("Stacks");
  }

  @Override
  public void save(String account, String stack, JsonNode record) {
    ObjectNode input = Json.object().put("Stack", stack);
    input.set("Record", record);
    var _ = call(account, "KeepStack", input);
  }

  @Override
  public void delete(String account, String stack) {
    var _ = call(account, "ForgetStack", Json.object().put("Stack", stack));
  }

  /** Names a context and its further access keys. */
  void introduce(String account, String name, Iterable<String> accessKeys) {
    ObjectNode input = Json.object().put("Name", name);
    accessKeys.forEach(input.putArray("AccessKeys")::add);
    var _ = call(account, "Introduce", input);
  }

  private JsonNode call(String account, String operation, JsonNode input) {
    String id = UUID.randomUUID().toString();
    return door.call(new Call(account, region, "tutti", operation, input, id, null));
  }
}
