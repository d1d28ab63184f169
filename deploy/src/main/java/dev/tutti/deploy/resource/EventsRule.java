package dev.tutti.deploy.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import dev.tutti.core.json.MalformedJson;
import dev.tutti.deploy.template.Node;
import dev.tutti.deploy.template.Place;
import dev.tutti.deploy.template.Shape;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code AWS::Events::Rule}. */
final class EventsRule implements ResourceType {
  @Override
  public List<Resource> read(String logicalId, Place place, Shape shape, Site site) {
    ObjectNode settings = Json.object();
    String schedule = shape.text("ScheduleExpression");
    if (schedule != null) {
      settings.put("ScheduleExpression", schedule);
    }
    pattern(shape, "EventPattern", settings, schedule == null, site);
    String state = shape.text("State");
    settings.put("State", state == null ? "ENABLED" : state);
    for (String name : List.of("Description", "RoleArn")) {
      String text = shape.text(name);
      if (text != null) {
        settings.put(name, text);
      }
    }
    ArrayNode targets = Json.array();
    Set<String> ids = new HashSet<>();
    for (Node item : shape.list("Targets")) {
      Shape target = Shape.of("a target", item, site.problems());
      ObjectNode read = target(target);
      if (!ids.add(read.path("Id").asText())) {
        target.problem("Id", "two targets have the id " + read.path("Id").asText());
      }
      targets.add(read);
    }
    String bus = shape.text("EventBusName");
    String name = shape.text("Name");
    Map<String, String> tags = Tags.read(shape, site);
    shape.done();
    return List.of(
        resource(
            logicalId, place, name, bus == null ? "default" : bus, settings, targets, tags, site));
  }

  private static ObjectNode target(Shape shape) {
    ObjectNode target = Json.object();
    target.put("Id", shape.required("Id"));
    target.put("Arn", shape.required("Arn"));
    String role = shape.text("RoleArn");
    if (role != null) {
      target.put("RoleArn", role);
    }
    delivery(shape, target);
    http(shape, target);
    Shape queue = shape.shape("SqsParameters");
    if (queue != null) {
      target.putObject("SqsParameters").put("MessageGroupId", queue.required("MessageGroupId"));
      queue.done();
    }
    shape.done();
    return target;
  }

  /** What a target adds to the requests of an API destination. */
  private static void http(Shape shape, ObjectNode target) {
    Shape http = shape.shape("HttpParameters");
    if (http == null) {
      return;
    }
    ObjectNode written = target.putObject("HttpParameters");
    List<String> path = http.texts("PathParameterValues");
    if (!path.isEmpty()) {
      path.forEach(written.putArray("PathParameterValues")::add);
    }
    for (String name : List.of("HeaderParameters", "QueryStringParameters")) {
      Map<String, String> texts = http.textsByName(name);
      if (!texts.isEmpty()) {
        written.set(name, Tags.byName(texts));
      }
    }
    http.done();
  }

  /** What a target is given of an event, and what becomes of a delivery that fails. */
  static void delivery(Shape shape, ObjectNode target) {
    for (String name : List.of("Input", "InputPath")) {
      String text = shape.text(name);
      if (text != null) {
        target.put(name, text);
      }
    }
    Shape transformer = shape.shape("InputTransformer");
    if (transformer != null) {
      ObjectNode written = target.putObject("InputTransformer");
      Map<String, String> paths = transformer.textsByName("InputPathsMap");
      if (!paths.isEmpty()) {
        written.set("InputPathsMap", Tags.byName(paths));
      }
      written.put("InputTemplate", transformer.required("InputTemplate"));
      transformer.done();
    }
    Shape retries = shape.shape("RetryPolicy");
    if (retries != null) {
      ObjectNode written = target.putObject("RetryPolicy");
      for (String name : List.of("MaximumRetryAttempts", "MaximumEventAgeInSeconds")) {
        Integer number = retries.integer(name);
        if (number != null) {
          written.put(name, number);
        }
      }
      retries.done();
    }
    Shape deadLetters = shape.shape("DeadLetterConfig");
    if (deadLetters != null) {
      target.putObject("DeadLetterConfig").put("Arn", deadLetters.required("Arn"));
      deadLetters.done();
    }
  }

  /** Reads an event pattern, a mapping or JSON text, into {@code EventPattern}. */
  static void pattern(
      Shape shape, String property, ObjectNode settings, boolean needed, Site site) {
    JsonNode value = shape.json(property);
    if (value == null) {
      if (needed) {
        shape.required(property);
      }
      return;
    }
    String text = value.isTextual() ? value.asText() : Json.write(value);
    try {
      settings.put("EventPattern", Json.write(Json.parse(text)));
    } catch (MalformedJson e) {
      shape.problem(property, "not JSON: " + e.getMessage());
      return;
    }
    for (String problem : site.checks().patterns().problems(text)) {
      shape.problem(property, problem);
    }
  }

  static Resource resource(
      String logicalId,
      Place place,
      @Nullable String given,
      String bus,
      ObjectNode settings,
      ArrayNode targets,
      Map<String, String> tags,
      Site site) {
    String name = given == null ? site.name(logicalId, 64) : given;
    Bus on = Bus.of(bus, site);
    String path = on.name().equals("default") ? name : on.name() + "/" + name;
    String arn = "arn:aws:events:" + on.region() + ":" + on.account() + ":rule/" + path;
    Set<String> needs = new HashSet<>();
    needs.add(on.arn());
    targets.forEach(target -> needs.add(target.path("Arn").asText()));
    boolean foreign = !on.account().equals(site.account());
    return new Resource(
        logicalId,
        RuleBody.TYPE,
        place,
        arn,
        on.name().equals("default") ? name : on.name() + "|" + name,
        Map.of("Arn", arn),
        needs,
        "",
        new RuleBody(arn, name, foreign ? on.arn() : on.name(), foreign, settings, targets, tags));
  }
}
