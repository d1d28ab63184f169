package dev.tutti.core.events;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import dev.tutti.core.template.EventPath;
import dev.tutti.core.template.FilledTemplate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Writes what a target receives: the event, a part of it, a constant, or a template filled in.
 * Compiled once from its target, paths and all.
 */
sealed interface Template {
  /** What a template is filled from. */
  record Given(JsonNode event, String ruleArn, String ruleName, long ingestionMillis) {}

  /**
   * The input of a target; null where it is the event itself.
   *
   * @throws FilledTemplate.Unfit where the template doesn't become JSON with this event
   */
  @Nullable String render(Given given);

  /** What a path finds in the event; missing where it finds nothing. */
  static JsonNode find(String path, Given given) {
    return value(path).apply(given);
  }

  /** What a target wants to receive. */
  static Template of(Target target) {
    String constant = target.input();
    if (constant != null) {
      return new Constant(constant);
    }
    String path = target.inputPath();
    if (path != null && !path.equals("$")) {
      return new Part(value(path));
    }
    Target.Transformer transformer = target.transformer();
    return transformer == null ? new Whole() : Filled.of(transformer);
  }

  /** The event itself. */
  record Whole() implements Template {
    @Override
    public @Nullable String render(Given given) {
      return null;
    }
  }

  /** The same for every event. */
  record Constant(String text) implements Template {
    @Override
    public String render(Given given) {
      return text;
    }
  }

  /** What a path finds. */
  record Part(Function<Given, JsonNode> value) implements Template {
    @Override
    public String render(Given given) {
      JsonNode found = value.apply(given);
      return found.isMissingNode() ? "null" : Json.write(found);
    }
  }

  /** Text with variables. */
  record Filled(FilledTemplate<Given> template) implements Template {
    static Filled of(Target.Transformer transformer) {
      return new Filled(
          FilledTemplate.of(
              transformer.template(),
              name -> {
                String path = transformer.paths().get(name);
                return path == null ? reserved(name) : value(path);
              }));
    }

    @Override
    public String render(Given given) {
      return template.render(given);
    }
  }

  /** AWS's own variables; a name that is none is empty. */
  private static Function<Given, JsonNode> reserved(String name) {
    return switch (name) {
      case "aws.events.rule-arn" -> given -> Json.text(given.ruleArn());
      case "aws.events.rule-name" -> given -> Json.text(given.ruleName());
      case "aws.events.event.ingestion-time" ->
          given ->
              Json.text(
                  Instant.ofEpochMilli(given.ingestionMillis())
                      .truncatedTo(ChronoUnit.SECONDS)
                      .toString());
      case "aws.events.event.json" -> Given::event;
      case "aws.events.event" -> given -> withoutDetail(given.event());
      default -> given -> MissingNode.getInstance();
    };
  }

  /** The event as AWS gives it under that name: no detail, and detail-type as detailType. */
  private static JsonNode withoutDetail(JsonNode event) {
    ObjectNode rest = Json.object();
    event
        .properties()
        .forEach(member -> {
          if (!member.getKey().equals("detail")) {
            rest.set(
                member.getKey().equals("detail-type") ? "detailType" : member.getKey(),
                member.getValue());
          }
        });
    return rest;
  }

  /** What a path finds; missing where it finds nothing. */
  private static Function<Given, JsonNode> value(String path) {
    UnaryOperator<JsonNode> found = EventPath.of(path);
    return given -> found.apply(given.event());
  }
}
