package dev.tutti.deploy.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * A Lambda function. Its code is sent only where the service's {@code CodeSha256} isn't ours.
 *
 * @param configuration members of {@code CreateFunction} but for code, architectures and tags
 * @param code the zip archive
 */
record FunctionBody(
    String name,
    ObjectNode configuration,
    byte[] code,
    java.util.List<String> architectures,
    Map<String, String> tags)
    implements Body {
  static final String TYPE = "AWS::Lambda::Function";

  @Override
  public Map<String, String> parts() {
    Map<String, String> parts = new LinkedHashMap<>();
    parts.put("code", Hashes.codeSha256(code) + String.join(",", architectures));
    parts.put("configuration", Hashes.of(configuration));
    parts.put("tags", Hashes.of(Tags.byName(tags)));
    return parts;
  }

  @Override
  public ObjectNode keep() {
    ObjectNode keep = Json.object().put("name", name);
    keep.set("tags", Tags.names(tags));
    return keep;
  }

  @Override
  public boolean exists(Client client) {
    return client.find("lambda", "GetFunctionConfiguration", named()).isPresent();
  }

  @Override
  public String create(Client client) {
    ObjectNode input = named().setAll(configuration);
    input.putObject("Code").put("ZipFile", Base64.getEncoder().encodeToString(code));
    if (!architectures.isEmpty()) {
      architectures.forEach(input.putArray("Architectures")::add);
    }
    if (!tags.isEmpty()) {
      input.set("Tags", Tags.byName(tags));
    }
    client.call("lambda", "CreateFunction", input);
    return name;
  }

  @Override
  public void update(Client client, Set<String> changed, Owned before) {
    JsonNode current = client.call("lambda", "GetFunctionConfiguration", named());
    if (changed.contains("code") && differs(current)) {
      ObjectNode input = named().put("ZipFile", Base64.getEncoder().encodeToString(code));
      if (!architectures.isEmpty()) {
        architectures.forEach(input.putArray("Architectures")::add);
      }
      client.call("lambda", "UpdateFunctionCode", input);
    }
    if (changed.contains("configuration")) {
      ObjectNode input = named().put("Description", "");
      input.putObject("Environment").putObject("Variables");
      input.putObject("DeadLetterConfig").put("TargetArn", "");
      client.call("lambda", "UpdateFunctionConfiguration", input.setAll(configuration));
    }
    if (changed.contains("tags")) {
      Tags.update(client, "lambda", current.path("FunctionArn").asText(), tags, before);
    }
  }

  private boolean differs(JsonNode current) {
    boolean sameArchitectures =
        architectures.isEmpty()
            || current
                .path("Architectures")
                .valueStream()
                .map(JsonNode::asText)
                .toList()
                .equals(architectures);
    return !sameArchitectures
        || !current.path("CodeSha256").asText().equals(Hashes.codeSha256(code));
  }

  private ObjectNode named() {
    return Json.object().put("FunctionName", name);
  }
}
