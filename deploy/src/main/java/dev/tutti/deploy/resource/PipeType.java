package dev.tutti.deploy.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import dev.tutti.deploy.template.Place;
import dev.tutti.deploy.template.Shape;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code AWS::Pipes::Pipe}. */
final class PipeType implements ResourceType {
  @Override
  public List<Resource> read(String logicalId, Place place, Shape shape, Site site) {
    String given = shape.text("Name");
    ObjectNode settings = Json.object();
    Set<String> needs = new HashSet<>();
    for (String name : List.of("Source", "Target", "RoleArn")) {
      settings.put(name, shape.required(name));
      needs.add(settings.path(name).asText());
    }
    for (String name : List.of("Description", "DesiredState", "Enrichment")) {
      String text = shape.text(name);
      if (text != null) {
        settings.put(name, text);
      }
    }
    if (settings.has("Enrichment")) {
      needs.add(settings.path("Enrichment").asText());
    }
    for (String name : List.of("SourceParameters", "EnrichmentParameters", "TargetParameters")) {
      JsonNode parameters = shape.json(name);
      if (parameters != null) {
        settings.set(name, typed(parameters));
      }
    }
    shape.refuse("LogConfiguration", "logs of pipes are not supported");
    shape.refuse("KmsKeyIdentifier", "keys of KMS are not supported");
    Map<String, String> tags = shape.textsByName("Tags");
    shape.done();
    // a pipe's source can't be changed: with another one it is another pipe
    String name =
        given == null ? site.nameOfItsOwn(logicalId, 64, settings.path("Source").asText()) : given;
    String arn = site.arn("pipes", "pipe/" + name);
    return List.of(
        new Resource(
            logicalId,
            PipeBody.TYPE,
            place,
            arn,
            name,
            Map.of("Arn", arn),
            needs,
            "",
            new PipeBody(arn, name, settings, tags)));
  }

  /** Templates may write a number as text. */
  private static JsonNode typed(JsonNode parameters) {
    for (String name : List.of("BatchSize", "MaximumBatchingWindowInSeconds")) {
      parameters
          .findParents(name)
          .forEach(parent -> {
            if (parent.path(name).asText().matches("[0-9]{1,5}")) {
              ((ObjectNode) parent).put(name, parent.path(name).asInt());
            }
          });
    }
    return parameters;
  }
}
