package dev.tutti.services.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.json.Json;
import dev.tutti.core.json.MalformedJson;
import dev.tutti.core.mappings.MappingSettings;
import dev.tutti.core.pattern.Patterns;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads what a request wants of a mapping, over what it was before. */
record MappingInput(MappingSettings before) {
  /** The one response type there is. */
  static final String REPORT = "ReportBatchItemFailures";

  private static final int BATCH = 10;
  private static final int MAX_BATCH = 10_000;
  private static final int MAX_WINDOW_SECONDS = 300;
  private static final int MAX_FILTERS = 10;
  private static final int MAX_PATTERN = 4096;

  /** Members that belong to other sources than queues. */
  private static final Set<String> OF_OTHERS =
      Set.of(
          "BisectBatchOnFunctionError",
          "MaximumRecordAgeInSeconds",
          "MaximumRetryAttempts",
          "ParallelizationFactor",
          "StartingPosition",
          "StartingPositionTimestamp",
          "TumblingWindowInSeconds",
          "Topics",
          "Queues",
          "SourceAccessConfigurations",
          "SelfManagedEventSource",
          "AmazonManagedKafkaEventSourceConfig",
          "SelfManagedKafkaEventSourceConfig",
          "DocumentDBEventSourceConfig");

  static MappingInput initial(String context, String region, String source, String function) {
    return of(
        new MappingSettings(
            context, region, source, function, true, BATCH, 0, List.of(), false, null));
  }

  static MappingInput of(MappingSettings before) {
    return new MappingInput(before);
  }

  MappingInput function(String function) {
    return of(
        new MappingSettings(
            before.context(),
            before.region(),
            before.source(),
            function,
            before.enabled(),
            before.batchSize(),
            before.windowSeconds(),
            before.filters(),
            before.reportsFailures(),
            before.maximumConcurrency()));
  }

  /** The ARN of the queue of a request. */
  static String source(JsonNode input) {
    String source = input.path("EventSourceArn").asText();
    if (source.isEmpty()) {
      throw Errors.invalid("Unrecognized event source.");
    }
    String[] parts = source.split(":", -1);
    if (parts.length != 6 || !parts[2].equals("sqs")) {
      String service = parts.length > 2 ? parts[2] : source;
      throw Errors.invalid("Event sources of " + service + " are not supported here yet.");
    }
    return source;
  }

  /** Refuses what a queue's mapping doesn't have. */
  static void checkKind(JsonNode input) {
    if (input.path("DestinationConfig").isObject() && !input.path("DestinationConfig").isEmpty()) {
      throw unsupported("DestinationConfig");
    }
    for (String member : OF_OTHERS) {
      if (input.hasNonNull(member)) {
        throw unsupported(member);
      }
    }
    for (String member : List.of("KMSKeyArn", "ProvisionedPollerConfig", "LoggingConfig")) {
      if (input.hasNonNull(member)) {
        throw Errors.invalid(member + " is not supported here yet.");
      }
    }
  }

  private static RuntimeException unsupported(String member) {
    return Errors.invalid(
        "Unsupported " + member + " parameter for given event source mapping type.");
  }

  /** The settings with what a request says. */
  MappingSettings with(JsonNode input) {
    boolean fifo = before.source().endsWith(".fifo");
    int batch = input.path("BatchSize").asInt(before.batchSize());
    int window = input.path("MaximumBatchingWindowInSeconds").asInt(before.windowSeconds());
    if (window > MAX_WINDOW_SECONDS || batch > MAX_BATCH || (fifo && batch > BATCH)) {
      throw Errors.invalid(
          "Batch size " + batch + " or batch window " + window + " is out of bounds.");
    }
    if (fifo && window > 0) {
      throw Errors.invalid("Batching window is not supported for FIFO queues");
    }
    if (batch > BATCH && window == 0) {
      throw Errors.invalid(
          "Maximum batch window in seconds must be greater than 0 if maximum batch size is"
              + " greater than 10");
    }
    JsonNode scaling = input.path("ScalingConfig");
    return new MappingSettings(
        before.context(),
        before.region(),
        before.source(),
        before.function(),
        input.path("Enabled").asBoolean(before.enabled()),
        batch,
        window,
        input.has("FilterCriteria") ? filters(input.path("FilterCriteria")) : before.filters(),
        input.has("FunctionResponseTypes")
            ? input.path("FunctionResponseTypes").toString().contains(REPORT)
            : before.reportsFailures(),
        scaling.isObject()
            ? Settings.number(scaling, "MaximumConcurrency")
            : before.maximumConcurrency());
  }

  private static List<String> filters(JsonNode criteria) {
    List<String> patterns = new ArrayList<>();
    for (JsonNode filter : criteria.path("Filters")) {
      String pattern = filter.path("Pattern").asText();
      if (!isPattern(pattern)) {
        throw Errors.invalid("Invalid filter pattern definition.");
      }
      patterns.add(pattern);
    }
    if (patterns.size() > MAX_FILTERS) {
      throw Errors.invalid("Too many filters: at most " + MAX_FILTERS + " are allowed.");
    }
    return patterns;
  }

  private static boolean isPattern(String pattern) {
    try {
      return pattern.length() <= MAX_PATTERN
          && Json.parse(pattern).isObject()
          && Patterns.fault(pattern).isEmpty();
    } catch (MalformedJson e) {
      return false;
    }
  }
}
