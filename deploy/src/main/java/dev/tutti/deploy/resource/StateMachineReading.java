package dev.tutti.deploy.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import dev.tutti.core.json.MalformedJson;
import dev.tutti.deploy.template.Node;
import dev.tutti.deploy.template.Place;
import dev.tutti.deploy.template.Places;
import dev.tutti.deploy.template.Problems;
import dev.tutti.deploy.template.Shape;
import dev.tutti.deploy.template.TemplateText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a state machine's two types, SAM's and Step Functions' own, have in common. */
final class StateMachineReading {
  private final String logicalId;
  private final Place place;
  private final Shape shape;
  private final Site site;

  /** Where the definition stands, for problems in it. */
  private Place definitionPlace;

  /** Its parts and where they stand, as far as they are known. */
  private Node written;

  StateMachineReading(String logicalId, Place place, Shape shape, Site site) {
    this.logicalId = logicalId;
    this.place = place;
    this.shape = shape;
    this.site = site;
    this.definitionPlace = place;
    this.written = Node.text(place, "");
  }

  /** The state machine; definition null where the problem with it has been reported. */
  Resource stateMachine(
      @Nullable String type,
      @Nullable String name,
      String role,
      @Nullable String definition,
      ObjectNode observed) {
    String kind = type == null ? "STANDARD" : type;
    if (!Set.of("STANDARD", "EXPRESS").contains(kind)) {
      site.problems()
          .add(place, "the type " + kind + " of " + logicalId + " is neither STANDARD nor EXPRESS");
    }
    String substituted = definition == null ? "{}" : substituted(definition);
    if (definition != null) {
      check(substituted, kind);
    }
    String fixed = kind.equals("STANDARD") ? "" : kind;
    String called = name == null ? site.nameOfItsOwn(logicalId, 80, fixed) : name;
    String arn = site.arn("states", "stateMachine:" + called);
    ObjectNode settings = Json.object().put("roleArn", role);
    settings.setAll(observed);
    var body =
        new StateMachineBody(
            arn, called, kind, substituted, settings, Tags.read(shape, site), written);
    return new Resource(
        logicalId,
        StateMachineBody.TYPE,
        place,
        arn,
        arn,
        Map.of("Arn", arn, "Name", called),
        Set.of(),
        "",
        body);
  }

  /** Definition in the template itself, as a mapping or as JSON text. */
  @Nullable String inline(String property) {
    Node value = shape.node(property);
    if (value == null || value.isUnknown()) {
      return null;
    }
    definitionPlace = value.place();
    written = value;
    return value instanceof Node.Scalar scalar ? scalar.text() : Json.write(value.json());
  }

  /** Definition in a file of its own, JSON or YAML. */
  @Nullable String file(String property) {
    Node value = shape.node(property);
    if (value == null || value.isUnknown()) {
      return null;
    }
    if (!(value instanceof Node.Scalar scalar) || scalar.text().startsWith("s3://")) {
      shape.problem(property, "a definition in a bucket can't be reached from here");
      return null;
    }
    Path file = site.folder().resolve(scalar.text()).normalize();
    String label = site.label(file);
    String text;
    try {
      text = Files.readString(file);
    } catch (IOException e) {
      shape.problem(
          property,
          Files.exists(file)
              ? label + " can't be read: " + e.getMessage()
              : "there is no " + label);
      return null;
    }
    definitionPlace = Place.of(label);
    String lower = label.toLowerCase(Locale.ROOT);
    if (lower.endsWith(".yaml") || lower.endsWith(".yml")) {
      Optional<Node> read = TemplateText.read(label, text, site.problems());
      written = read.orElse(written);
      return read.map(node -> Json.write(node.json())).orElse(null);
    }
    // Problems are those of the JSON reader; this only tells where its parts stand.
    written = TemplateText.read(label, text, new Problems()).orElse(Node.text(definitionPlace, ""));
    return text;
  }

  private String substituted(String definition) {
    String result = definition;
    for (var entry : shape.textsByName("DefinitionSubstitutions").entrySet()) {
      result = result.replace("${" + entry.getKey() + "}", entry.getValue());
    }
    return result;
  }

  private void check(String definition, String type) {
    Node substitutions = shape.node("DefinitionSubstitutions");
    if (substitutions != null && substitutions.isUnknown()) {
      return;
    }
    try {
      Json.parse(definition);
    } catch (MalformedJson e) {
      boolean ownFile = !definitionPlace.file().equals(place.file());
      site.problems()
          .add(
              ownFile
                  ? new Place(
                      definitionPlace.file(), Math.max(1, e.line()), Math.max(1, e.column()))
                  : definitionPlace,
              "the definition of " + logicalId + " is not JSON: " + e.getMessage());
      return;
    }
    for (DefinitionCheck.Fault fault : site.checks().definitions().faults(definition, type)) {
      Place at =
          written instanceof Node.Fields ? Places.of(written, fault.location()) : definitionPlace;
      site.problems().add(at, "the definition of " + logicalId + ": " + fault.message());
    }
  }

  /** LoggingConfiguration and TracingConfiguration as the API writes them, both always there. */
  ObjectNode observed(String logging, String tracing) {
    ObjectNode observed = Json.object();
    JsonNode log = shape.json(logging);
    observed.set(
        "loggingConfiguration",
        log == null
            ? Json.object().put("level", "OFF").put("includeExecutionData", false)
            : lowerCamel(log));
    JsonNode trace = shape.json(tracing);
    observed.set(
        "tracingConfiguration",
        trace == null ? Json.object().put("enabled", false) : lowerCamel(trace));
    return observed;
  }

  private static JsonNode lowerCamel(JsonNode value) {
    return switch (value) {
      case ObjectNode object -> {
        ObjectNode result = Json.object();
        object
            .properties()
            .forEach(member -> {
              String name = member.getKey();
              String lower = name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
              result.set(lower, lowerCamel(member.getValue()));
            });
        yield result;
      }
      case ArrayNode array -> {
        ArrayNode result = Json.array();
        array.forEach(item -> result.add(lowerCamel(item)));
        yield result;
      }
      default -> value;
    };
  }
}
