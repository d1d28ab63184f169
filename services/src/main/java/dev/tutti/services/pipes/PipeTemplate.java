package dev.tutti.services.pipes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.tutti.core.json.Json;
import dev.tutti.core.json.MalformedJson;
import dev.tutti.core.mappings.Mapping;
import dev.tutti.core.mappings.PipeSettings;
import dev.tutti.core.template.FilledTemplate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An {@code InputTemplate} of a pipe, in which paths stand between the angle brackets. */
final class PipeTemplate {
  private final @Nullable FilledTemplate<PipeEvent> template;

  private PipeTemplate(@Nullable FilledTemplate<PipeEvent> template) {
    this.template = template;
  }

  /**
   * The template of a target's or an enrichment's parameters.
   *
   * @param nowMillis what {@code aws.pipes.event.ingestion-time} is
   */
  static PipeTemplate of(@Nullable JsonNode parameters, Mapping pipe, long nowMillis) {
    String text = parameters == null ? "" : parameters.path("InputTemplate").asText();
    return new PipeTemplate(
        text.isEmpty() ? null : FilledTemplate.of(text, name -> variable(name, pipe, nowMillis)));
  }

  private static Function<PipeEvent, JsonNode> variable(String name, Mapping pipe, long nowMillis) {
    if (name.startsWith("$")) {
      return event -> event.find(name);
    }
    PipeSettings settings = pipe.existing().pipe();
    String enrichment = settings == null ? null : settings.enrichment();
    return switch (name) {
      case "aws.pipes.pipe-arn" -> event -> Json.text(pipe.id());
      case "aws.pipes.pipe-name" ->
          event -> Json.text(pipe.id().substring(pipe.id().indexOf('/') + 1));
      case "aws.pipes.source-arn" -> event -> Json.text(pipe.existing().source());
      case "aws.pipes.target-arn" -> event -> Json.text(pipe.existing().function());
      case "aws.pipes.enrichment-arn" -> event -> Json.text(enrichment == null ? "" : enrichment);
      case "aws.pipes.event.ingestion-time" ->
          event ->
              Json.text(Instant.ofEpochMilli(nowMillis).truncatedTo(ChronoUnit.SECONDS).toString());
      case "aws.pipes.event", "aws.pipes.event.json" -> PipeEvent::whole;
      default -> event -> MissingNode.getInstance();
    };
  }

  /**
   * What is sent of an event, as text.
   *
   * @throws FilledTemplate.Unfit where the template doesn't become JSON with it
   */
  String text(PipeEvent event) {
    return template == null ? Json.write(event.whole()) : template.render(event);
  }

  /** As {@link #text}, as JSON; text that is none is a JSON string. */
  JsonNode json(PipeEvent event) {
    return template == null ? event.whole() : parsed(template.render(event));
  }

  static JsonNode parsed(String text) {
    try {
      return Json.parse(text);
    } catch (MalformedJson _) {
      return Json.text(text);
    }
  }
}
