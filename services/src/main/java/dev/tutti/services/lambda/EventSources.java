package dev.tutti.services.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.functions.Function;
import dev.tutti.core.functions.FunctionArn;
import dev.tutti.core.functions.FunctionCatalogue;
import dev.tutti.core.functions.Release;
import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.Key;
import dev.tutti.core.kernel.Outcome;
import dev.tutti.core.kernel.Request;
import dev.tutti.core.mappings.Mapping;
import dev.tutti.core.mappings.MappingCatalogue;
import dev.tutti.core.mappings.MappingCommand;
import dev.tutti.core.mappings.MappingSettings;
import dev.tutti.core.mappings.Mappings;
import dev.tutti.services.Exchange;
import dev.tutti.services.Operation;
import dev.tutti.services.sources.QueuePoller;
import dev.tutti.services.sources.QueueRecords;
import dev.tutti.wire.ServiceError;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Event source mappings, of SQS queues. They are polled by {@link QueuePoller}. */
final class EventSources {
  private final FunctionCatalogue functions;
  private final MappingCatalogue catalogue;

  EventSources(FunctionCatalogue functions, MappingCatalogue catalogue) {
    this.functions = functions;
    this.catalogue = catalogue;
  }

  Map<String, Operation> operations() {
    return Map.of(
        "CreateEventSourceMapping",
        this::create,
        "GetEventSourceMapping",
        exchange -> json(existing(exchange), null),
        "ListEventSourceMappings",
        this::list,
        "UpdateEventSourceMapping",
        this::update,
        "DeleteEventSourceMapping",
        this::delete,
        Mappings.POLL,
        new QueuePoller(catalogue, new FunctionConsumer()));
  }

  /** One at a time: a queue and a function have one mapping, which the catalogue knows at once. */
  private synchronized JsonNode create(Exchange exchange) {
    JsonNode input = exchange.input();
    String source = MappingInput.source(input);
    MappingInput.checkKind(input);
    FunctionArn function = function(exchange);
    MappingSettings settings =
        MappingInput.initial(exchange.context(), exchange.region(), source, function.text())
            .with(input);
    checkQueue(exchange, settings, functions.function(function.unqualified()));
    catalogue
        .mappings(
            each ->
                each.existing().pipe() == null
                    && each.existing().source().equals(source)
                    && each.existing().function().equals(settings.function()),
            "",
            1)
        .forEach(there -> {
          throw conflict(there, function);
        });
    String id = exchange.id("mapping");
    exchange.ask(key(id), new MappingCommand.Create(settings, Settings.texts(input.path("Tags"))));
    return json(named(id), settings.enabled() ? "Creating" : "Disabled");
  }

  private static ServiceError conflict(Mapping there, FunctionArn function) {
    return new ServiceError(
        "ResourceConflictException",
        "An event source mapping with SQS arn (\" "
            + there.existing().source()
            + " \") and function (\" "
            + function.name()
            + " \") already exists. Please update or delete the existing mapping with UUID "
            + there.id(),
        409);
  }

  private FunctionArn function(Exchange exchange) {
    Named named = Named.own(exchange, functions, exchange.call().operation());
    Function function = named.function();
    if (function == null || function.release(named.qualifier()) == null) {
      throw Errors.invalid("Function does not exist");
    }
    return named.arn();
  }

  /** The queue has to be there, and to hide messages for as long as the function may take. */
  private static void checkQueue(
      Exchange exchange, MappingSettings settings, @Nullable Function function) {
    ObjectNode input = Json.object().put("QueueUrl", QueueRecords.url(settings.source()));
    input.putArray("AttributeNames").add("VisibilityTimeout");
    Outcome outcome =
        exchange.perform(
            "queue",
            new Request.Operation(
                settings.context(), settings.region(), "sqs", "GetQueueAttributes", input));
    switch (outcome) {
      case Outcome.Failed failed ->
          throw Errors.invalid(
              "Error occurred while ReceiveMessage. SQS Error Code: "
                  + (failed.error().equals("QueueDoesNotExist")
                      ? "AWS.SimpleQueueService.NonExistentQueue"
                      : failed.error())
                  + ". SQS Error Message: "
                  + failed.message());
      case Outcome.Succeeded succeeded -> {
        int hidden = succeeded.output().path("Attributes").path("VisibilityTimeout").asInt();
        Release latest = function == null ? null : function.latest();
        int timeout = latest == null ? 0 : latest.configuration().timeoutSeconds();
        if (hidden < timeout) {
          throw Errors.invalid(
              "Queue visibility timeout: "
                  + hidden
                  + " seconds is less than Function timeout: "
                  + timeout
                  + " seconds");
        }
      }
    }
  }

  private JsonNode list(Exchange exchange) {
    JsonNode input = exchange.input();
    String source = input.path("EventSourceArn").asText();
    FunctionArn function =
        input.hasNonNull("FunctionName")
            ? FunctionArn.parse(
                input.path("FunctionName").asText(), exchange.region(), exchange.context())
            : null;
    int limit = input.path("MaxItems").asInt(100);
    List<Mapping> found =
        catalogue.mappings(
            each -> {
              MappingSettings settings = each.existing();
              return settings.pipe() == null
                  && settings.context().equals(exchange.context())
                  && settings.region().equals(exchange.region())
                  && (source.isEmpty() || settings.source().equals(source))
                  && (function == null || settings.function().equals(function.text()));
            },
            LambdaService.marker(input),
            Math.clamp(limit, 1, 100) + 1);
    ObjectNode answer = Json.object();
    ArrayNode items = answer.putArray("EventSourceMappings");
    int shown = Math.min(found.size(), Math.clamp(limit, 1, 100));
    found.subList(0, shown).forEach(each -> items.add(json(each, null)));
    if (found.size() > shown) {
      answer.put("NextMarker", LambdaService.marker(found.get(shown - 1).id()));
    }
    return answer;
  }

  private JsonNode update(Exchange exchange) {
    Mapping there = existing(exchange);
    JsonNode input = exchange.input();
    MappingInput.checkKind(input);
    MappingSettings before = there.existing();
    MappingInput changed = MappingInput.of(before);
    if (input.hasNonNull("FunctionName")) {
      changed = changed.function(function(exchange).text());
    }
    MappingSettings settings = changed.with(input);
    exchange.ask(key(there.id()), new MappingCommand.Update(settings));
    String state =
        settings.enabled() == before.enabled()
            ? "Updating"
            : settings.enabled() ? "Enabling" : "Disabling";
    return json(named(there.id()), state);
  }

  private JsonNode delete(Exchange exchange) {
    Mapping there = existing(exchange);
    exchange.ask(key(there.id()), new MappingCommand.Delete());
    return json(there, "Deleting");
  }

  private Mapping existing(Exchange exchange) {
    Mapping mapping = catalogue.mapping(exchange.input().path("UUID").asText());
    if (mapping == null
        || mapping.existing().pipe() != null
        || !mapping.existing().context().equals(exchange.context())) {
      throw Errors.noSuchResource();
    }
    return mapping;
  }

  private Mapping named(String id) {
    Mapping mapping = catalogue.mapping(id);
    if (mapping == null) {
      throw Errors.noSuchResource();
    }
    return mapping;
  }

  static Key key(String id) {
    return new Key(Mappings.KIND, id);
  }

  /** A mapping as Lambda shows it. */
  private static ObjectNode json(Mapping mapping, @Nullable String passing) {
    MappingSettings settings = mapping.existing();
    ObjectNode json = Json.object();
    json.put("UUID", mapping.id()).put("BatchSize", settings.batchSize());
    json.put("MaximumBatchingWindowInSeconds", settings.windowSeconds());
    json.put("EventSourceArn", settings.source()).put("FunctionArn", settings.function());
    json.put("EventSourceMappingArn", mapping.arn());
    json.put("LastModified", mapping.modifiedMillis() / 1000.0);
    String lasting = settings.enabled() ? "Enabled" : "Disabled";
    json.put("State", passing == null ? lasting : passing);
    json.put("StateTransitionReason", "USER_INITIATED");
    ArrayNode types = json.putArray("FunctionResponseTypes");
    if (settings.reportsFailures()) {
      types.add(MappingInput.REPORT);
    }
    if (!settings.filters().isEmpty()) {
      ArrayNode filters = json.putObject("FilterCriteria").putArray("Filters");
      settings.filters().forEach(pattern -> filters.addObject().put("Pattern", pattern));
    }
    if (settings.maximumConcurrency() != null) {
      json.putObject("ScalingConfig").put("MaximumConcurrency", settings.maximumConcurrency());
    }
    if (mapping.problem() != null) {
      json.put("LastProcessingResult", "PROBLEM: " + mapping.problem());
    }
    return json;
  }
}
