package dev.tutti.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.json.Json;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Records kept as text, so that nothing survives but what was written. */
final class FakeRecords implements StackRecords {
  final Map<String, String> saved = new HashMap<>();

  @Override
  public Optional<JsonNode> load(String account, String stack) {
    return Optional.ofNullable(saved.get(account + "/" + stack)).map(Json::parse);
  }

  @Override
  public void save(String account, String stack, JsonNode record) {
    saved.put(account + "/" + stack, Json.write(record));
  }

  @Override
  public void delete(String account, String stack) {
    saved.remove(account + "/" + stack);
  }
}
