package dev.tutti.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import dev.tutti.deploy.resource.Owned;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one stack owns. It is saved before a resource is touched and after, so that a deployment
 * that was cut off leaves nothing behind that nobody knows of.
 */
final class StackRecord {
  private static final int FORMAT = 1;

  private final String account;
  private final String stack;
  private final Map<String, Owned> resources = new LinkedHashMap<>();

  /** Replaced, and to be deleted once the deployment has succeeded. */
  private final List<Owned> replaced = new ArrayList<>();

  private StackRecord(String account, String stack) {
    this.account = account;
    this.stack = stack;
  }

  static StackRecord load(StackRecords records, String account, String stack) {
    StackRecord record = new StackRecord(account, stack);
    Optional<JsonNode> saved = records.load(account, stack);
    if (saved.isPresent()) {
      JsonNode json = saved.get();
      if (json.path("format").asInt() != FORMAT) {
        throw new IllegalStateException(
            "the record of stack " + stack + " has the unknown format " + json.path("format"));
      }
      for (JsonNode owned : json.path("resources")) {
        record.put(Owned.of(owned));
      }
      json.path("replaced").forEach(owned -> record.replaced.add(Owned.of(owned)));
    }
    return record;
  }

  void save(StackRecords records) {
    if (resources.isEmpty() && replaced.isEmpty()) {
      records.delete(account, stack);
      return;
    }
    ObjectNode json = Json.object().put("format", FORMAT).put("stack", stack);
    ArrayNode all = json.putArray("resources");
    resources.values().forEach(owned -> all.add(owned.json()));
    ArrayNode old = json.putArray("replaced");
    replaced.forEach(owned -> old.add(owned.json()));
    records.save(account, stack, json);
  }

  String account() {
    return account;
  }

  String stack() {
    return stack;
  }

  Optional<Owned> find(String logicalId) {
    return Optional.ofNullable(resources.get(logicalId));
  }

  Optional<Owned> findByKey(String key) {
    return resources.values().stream().filter(owned -> owned.key().equals(key)).findFirst();
  }

  List<Owned> resources() {
    return List.copyOf(resources.values());
  }

  List<Owned> replaced() {
    return List.copyOf(replaced);
  }

  void put(Owned owned) {
    resources.put(owned.logicalId(), owned);
  }

  void remove(Owned owned) {
    resources.remove(owned.logicalId(), owned);
    replaced.remove(owned);
  }

  /** Puts a resource aside to be deleted at the end. */
  void replace(Owned old) {
    resources.remove(old.logicalId(), old);
    replaced.add(old);
  }

  /** Takes back {@link #replace}. */
  void restore(Owned old) {
    replaced.remove(old);
    put(old);
  }
}
