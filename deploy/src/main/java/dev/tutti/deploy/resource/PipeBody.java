package dev.tutti.deploy.resource;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * A pipe of EventBridge Pipes.
 *
 * @param settings as {@code CreatePipe} takes them, without Name and Tags
 */
record PipeBody(String arn, String name, ObjectNode settings, Map<String, String> tags)
    implements Body {
  static final String TYPE = "AWS::Pipes::Pipe";

  @Override
  public Map<String, String> parts() {
    Map<String, String> parts = new LinkedHashMap<>();
    parts.put("settings", Hashes.of(settings));
    parts.put("tags", Hashes.of(Tags.byName(tags)));
    return parts;
  }

  @Override
  public ObjectNode keep() {
    ObjectNode keep = named();
    keep.set("tags", Tags.names(tags));
    return keep;
  }

  @Override
  public boolean exists(Client client) {
    return client.find("pipes", "DescribePipe", named()).isPresent();
  }

  @Override
  public String create(Client client) {
    ObjectNode input = named();
    input.setAll(settings);
    if (!tags.isEmpty()) {
      input.set("Tags", Tags.byName(tags));
    }
    client.call("pipes", "CreatePipe", input);
    return name;
  }

  @Override
  public void update(Client client, Set<String> changed, Owned before) {
    if (changed.contains("settings")) {
      ObjectNode input = named().put("Description", "").put("Enrichment", "");
      input.setAll(settings);
      input.remove("Source");
      client.call("pipes", "UpdatePipe", input);
    }
    if (changed.contains("tags")) {
      Tags.update(client, "pipes", arn, tags, before);
    }
  }

  private ObjectNode named() {
    return Json.object().put("Name", name);
  }
}
