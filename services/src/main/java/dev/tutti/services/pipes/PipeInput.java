package dev.tutti.services.pipes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import dev.tutti.core.json.MalformedJson;
import dev.tutti.core.mappings.MappingSettings;
import dev.tutti.core.mappings.PipeSettings;
import dev.tutti.core.pattern.Patterns;
import dev.tutti.services.Exchange;
import dev.tutti.wire.ServiceError;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what a request wants of a pipe, and refuses by name what isn't there. */
final class PipeInput {
  private static final int BATCH = 10;
  private static final String SOURCE = "SourceParameters";
  private static final String TARGET = "TargetParameters";
  private static final Set<String> OF_QUEUES = Set.of("FilterCriteria", "SqsQueueParameters");

  /** Target parameters that mean something here; any other belongs to a target that isn't there. */
  private static final Set<String> OF_TARGETS =
      Set.of(
          "InputTemplate",
          "LambdaFunctionParameters",
          "StepFunctionStateMachineParameters",
          "SqsQueueParameters",
          "HttpParameters",
          "EventBridgeEventBusParameters",
          "CloudWatchLogsParameters");

  private final Exchange exchange;
  private final JsonNode input;

  PipeInput(Exchange exchange) {
    this.exchange = exchange;
    this.input = exchange.input();
  }

  static ServiceError invalid(String message) {
    return new ServiceError("ValidationException", message);
  }

  /** The settings of a new pipe. */
  MappingSettings initial() {
    String source = input.path("Source").asText();
    String[] parts = source.split(":", -1);
    if (parts.length != 6 || !parts[2].equals("sqs")) {
      String service = parts.length > 2 ? parts[2] : source;
      throw invalid("Pipes from sources of " + service + " are not supported here yet.");
    }
    if (!parts[4].equals(exchange.context()) || !parts[3].equals(exchange.region())) {
      throw invalid("The source of a pipe has to be in the pipe's account and region.");
    }
    return settings(source, null);
  }

  /** The settings of a pipe after an update: what isn't named stays. */
  MappingSettings over(MappingSettings before) {
    return settings(before.source(), before);
  }

  private MappingSettings settings(String source, @Nullable MappingSettings before) {
    refuse(input, "LogConfiguration", "KmsKeyIdentifier");
    PipeSettings old = before == null ? null : before.pipe();
    String target =
        input.hasNonNull("Target") || before == null
            ? input.path("Target").asText()
            : before.function();
    JsonNode targetParameters = given(TARGET, old == null ? null : old.targetParameters());
    checkTarget(target, targetParameters);
    String enrichment = text("Enrichment", old == null ? null : old.enrichment());
    if (enrichment != null) {
      Kind.ofEnrichment(enrichment);
      own(enrichment);
    }
    JsonNode sourceParameters = given(SOURCE, old == null ? null : old.sourceParameters());
    checkSource(sourceParameters);
    JsonNode queue =
        sourceParameters == null ? Json.object() : sourceParameters.path("SqsQueueParameters");
    int batch = queue.path("BatchSize").asInt(BATCH);
    int window = queue.path("MaximumBatchingWindowInSeconds").asInt(0);
    checkBatch(source, batch, window);
    String desired = input.path("DesiredState").asText("");
    return new MappingSettings(
        exchange.context(),
        exchange.region(),
        source,
        target,
        desired.isEmpty() ? before == null || before.enabled() : desired.equals("RUNNING"),
        batch,
        window,
        filters(sourceParameters),
        true,
        null,
        new PipeSettings(
            input.path("Name").asText(),
            text("Description", old == null ? null : old.description()),
            String.valueOf(text("RoleArn", old == null ? "" : old.roleArn())),
            sourceParameters,
            enrichment,
            given("EnrichmentParameters", old == null ? null : old.enrichmentParameters()),
            targetParameters));
  }

  private @Nullable JsonNode given(String member, @Nullable JsonNode before) {
    return input.hasNonNull(member) ? input.get(member) : before;
  }

  private @Nullable String text(String member, @Nullable String before) {
    String text = input.hasNonNull(member) ? input.get(member).asText() : before;
    return text == null || text.isEmpty() ? null : text;
  }

  private static void refuse(JsonNode object, String... members) {
    for (String member : members) {
      if (object.hasNonNull(member)) {
        throw invalid("The parameter " + member + " is not supported here.");
      }
    }
  }

  private static void allowOnly(@Nullable JsonNode object, Set<String> members) {
    if (object != null) {
      object
          .fieldNames()
          .forEachRemaining(name -> {
            if (!members.contains(name)) {
              throw invalid("The parameter " + name + " is not supported here.");
            }
          });
    }
  }

  private void own(String arn) {
    if (!arn.split(":", -1)[4].equals(exchange.context())) {
      throw invalid("Target and enrichment of a pipe have to be in the pipe's account: " + arn);
    }
  }

  private void checkTarget(String target, @Nullable JsonNode parameters) {
    Kind kind = Kind.ofTarget(target);
    own(target);
    allowOnly(parameters, OF_TARGETS);
    JsonNode given = parameters == null ? Json.object() : parameters;
    if (kind == Kind.QUEUE
        && target.endsWith(".fifo")
        && !given.at("/SqsQueueParameters/MessageGroupId").isTextual()) {
      throw invalid("A FIFO queue as target needs SqsQueueParameters.MessageGroupId.");
    }
    if (kind == Kind.LOG_GROUP
        && !given.at("/CloudWatchLogsParameters/LogStreamName").isTextual()) {
      throw invalid("A log group as target needs CloudWatchLogsParameters.LogStreamName.");
    }
    refuse(given.path("CloudWatchLogsParameters"), "Timestamp");
    refuse(given.path("EventBridgeEventBusParameters"), "EndpointId");
  }

  private static void checkSource(@Nullable JsonNode parameters) {
    allowOnly(parameters, OF_QUEUES);
  }

  private static void checkBatch(String source, int batch, int window) {
    boolean fifo = source.endsWith(".fifo");
    if (fifo && (batch > BATCH || window > 0)) {
      throw invalid("A FIFO queue has batches of at most 10 messages, and no batching window.");
    }
    if (batch > BATCH && window == 0) {
      throw invalid(
          "MaximumBatchingWindowInSeconds must be greater than 0 if BatchSize is greater than 10.");
    }
  }

  private static List<String> filters(@Nullable JsonNode sourceParameters) {
    List<String> patterns = new ArrayList<>();
    if (sourceParameters != null) {
      for (JsonNode filter : sourceParameters.at("/FilterCriteria/Filters")) {
        String pattern = filter.path("Pattern").asText();
        if (!isPattern(pattern)) {
          throw invalid("The filter pattern " + pattern + " is not valid.");
        }
        patterns.add(pattern);
      }
    }
    return patterns;
  }

  private static boolean isPattern(String pattern) {
    try {
      return Json.parse(pattern).isObject() && Patterns.fault(pattern).isEmpty();
    } catch (MalformedJson _) {
      return false;
    }
  }

  /** The source's parameters as AWS tells them: the defaults are written out. */
  static ObjectNode sourceParameters(MappingSettings settings) {
    ObjectNode told = Json.object();
    if (!settings.filters().isEmpty()) {
      ArrayNode filters = told.putObject("FilterCriteria").putArray("Filters");
      settings.filters().forEach(pattern -> filters.addObject().put("Pattern", pattern));
    }
    told.putObject("SqsQueueParameters")
        .put("BatchSize", settings.batchSize())
        .put("MaximumBatchingWindowInSeconds", settings.windowSeconds());
    return told;
  }
}
