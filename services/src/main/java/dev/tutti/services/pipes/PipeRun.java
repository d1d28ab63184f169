package dev.tutti.services.pipes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.tutti.core.json.Json;
import dev.tutti.core.mappings.Mapping;
import dev.tutti.core.mappings.PipeSettings;
import dev.tutti.core.template.FilledTemplate;
import dev.tutti.services.sources.Batch;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes batches through a pipe: enrichment, then target. A message is done with once the target has
 * what came of it; until then it stays in its queue, so each arrives at least once, or goes where
 * the queue's redrive policy says.
 */
final class PipeRun implements Batch.Consumer {
  private static final Logger LOG = LoggerFactory.getLogger(PipeRun.class);

  private final LongSupplier clock;
  private final Turns turns;

  PipeRun(LongSupplier clock, Turns turns) {
    this.clock = clock;
    this.turns = turns;
  }

  @Override
  public List<JsonNode> consume(Batch batch) {
    Mapping mapping = batch.mapping();
    PipeSettings pipe = mapping.existing().pipe();
    if (pipe == null) {
      throw new IllegalStateException(mapping.id() + " is no pipe");
    }
    PipeCalls calls = new PipeCalls(batch.calls(), turns);
    try {
      List<PipeEvent> events = batch.records().stream().map(PipeEvent::of).toList();
      String enrichment = pipe.enrichment();
      List<PipeEvent> made =
          enrichment == null ? events : enriched(enrichment, events, pipe, mapping, calls);
      if (made.isEmpty()) {
        return batch.messages();
      }
      PipeTarget target =
          new PipeTarget(
              mapping,
              pipe,
              PipeTemplate.of(pipe.targetParameters(), mapping, clock.getAsLong()),
              calls);
      return enrichment == null
          ? target.deliver(made, batch)
          : target.deliverAll(made) ? batch.messages() : List.of();
    } catch (PipeCalls.Broken | FilledTemplate.Unfit e) {
      LOG.info("a batch of {} was left to be seen again: {}", mapping.id(), e.getMessage());
      return List.of();
    }
  }

  private List<PipeEvent> enriched(
      String arn, List<PipeEvent> events, PipeSettings pipe, Mapping mapping, PipeCalls calls) {
    JsonNode parameters = pipe.enrichmentParameters();
    PipeTemplate template = PipeTemplate.of(parameters, mapping, clock.getAsLong());
    return switch (Kind.ofEnrichment(arn)) {
      case FUNCTION -> made(calls.invoke(arn, all(events, template)));
      case STATE_MACHINE -> made(calls.run(arn, all(events, template)));
      case API_DESTINATION -> each(arn, events, parameters, template, calls);
      case QUEUE, TOPIC, BUS, LOG_GROUP ->
          throw new IllegalStateException(arn + " can't be an enrichment");
    };
  }

  /** An address outside is asked for each event by itself. */
  private static List<PipeEvent> each(
      String arn,
      List<PipeEvent> events,
      @Nullable JsonNode parameters,
      PipeTemplate template,
      PipeCalls calls) {
    List<PipeEvent> all = new ArrayList<>();
    for (PipeEvent event : events) {
      all.addAll(made(calls.send(arn, template.text(event), parameters, event)));
    }
    return all;
  }

  static ArrayNode all(List<PipeEvent> events, PipeTemplate template) {
    ArrayNode all = Json.array();
    events.forEach(event -> all.add(template.json(event)));
    return all;
  }

  /** An array is as many events; an empty one, or no answer, is none. */
  private static List<PipeEvent> made(String answer) {
    if (answer.isBlank()) {
      return List.of();
    }
    JsonNode value = PipeTemplate.parsed(answer);
    List<PipeEvent> events = new ArrayList<>();
    if (value.isArray()) {
      value.forEach(each -> events.add(PipeEvent.made(each)));
    } else if (!value.isNull()) {
      events.add(PipeEvent.made(value));
    }
    return events;
  }
}
