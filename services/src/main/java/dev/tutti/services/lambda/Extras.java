package dev.tutti.services.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.functions.EventInvoke;
import dev.tutti.core.functions.Function;
import dev.tutti.core.functions.FunctionArn;
import dev.tutti.core.functions.FunctionCatalogue;
import dev.tutti.core.functions.FunctionCommand;
import dev.tutti.core.functions.FunctionJson;
import dev.tutti.core.functions.Functions;
import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.Key;
import dev.tutti.core.mappings.Mapping;
import dev.tutti.core.mappings.MappingCatalogue;
import dev.tutti.core.mappings.MappingCommand;
import dev.tutti.services.Exchange;
import dev.tutti.services.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Tags, reserved concurrency, and how asynchronous invocations are retried. */
final class Extras {
  private static final int ACCOUNT_CONCURRENCY = 1000;

  private static final Set<String> DESTINATIONS = Set.of("events", "lambda", "sns", "sqs");

  private final FunctionCatalogue catalogue;
  private final MappingCatalogue mappings;

  Extras(FunctionCatalogue catalogue, MappingCatalogue mappings) {
    this.mappings = mappings;
    this.catalogue = catalogue;
  }

  Map<String, Operation> operations() {
    return Map.ofEntries(
        Map.entry("TagResource", this::tag),
        Map.entry("UntagResource", this::untag),
        Map.entry("ListTags", this::listTags),
        Map.entry("PutFunctionConcurrency", this::reserve),
        Map.entry("DeleteFunctionConcurrency", this::free),
        Map.entry("GetFunctionConcurrency", this::getConcurrency),
        Map.entry("PutFunctionEventInvokeConfig", exchange -> setEventInvoke(exchange, false)),
        Map.entry("UpdateFunctionEventInvokeConfig", exchange -> setEventInvoke(exchange, true)),
        Map.entry("GetFunctionEventInvokeConfig", this::getEventInvoke),
        Map.entry("DeleteFunctionEventInvokeConfig", this::deleteEventInvoke),
        Map.entry("ListFunctionEventInvokeConfigs", this::listEventInvokes));
  }

  private Function tagged(Exchange exchange) {
    String resource = exchange.input().path("Resource").asText();
    FunctionArn arn = FunctionArn.parse(resource, exchange.region(), exchange.context());
    if (arn == null || !resource.contains(":function:")) {
      throw Errors.invalid("Tags of " + resource + " are not supported here yet.");
    }
    if (arn.qualifier() != null) {
      throw Errors.invalid(
          "Tags on function aliases and versions are not supported. Please specify a function"
              + " ARN.");
    }
    if (!arn.context().equals(exchange.context())) {
      throw Errors.denied(exchange.context(), exchange.call().operation(), resource);
    }
    Function function = catalogue.function(arn.unqualified());
    if (function == null) {
      throw Errors.functionNotFound(arn.unqualified());
    }
    return function;
  }

  /** The mapping that a resource's ARN names; null where it names none of its kind. */
  private @Nullable Mapping mapping(Exchange exchange) {
    String resource = exchange.input().path("Resource").asText();
    if (!resource.contains(":event-source-mapping:")) {
      return null;
    }
    Mapping mapping = mappings.mapping(resource.substring(resource.lastIndexOf(':') + 1));
    if (mapping == null || !mapping.existing().context().equals(exchange.context())) {
      throw Errors.noSuchResource();
    }
    return mapping;
  }

  private JsonNode tag(Exchange exchange) {
    Map<String, String> tags = Settings.texts(exchange.input().path("Tags"));
    Mapping mapping = mapping(exchange);
    if (mapping != null) {
      return exchange.ask(EventSources.key(mapping.id()), new MappingCommand.Tag(tags));
    }
    Function function = tagged(exchange);
    if (tags.isEmpty()) {
      throw Errors.invalid("An error occurred and the request cannot be processed.");
    }
    return exchange.ask(key(function), new FunctionCommand.Tag(tags));
  }

  private JsonNode untag(Exchange exchange) {
    List<String> keys = new ArrayList<>();
    exchange.input().path("TagKeys").forEach(each -> keys.add(each.asText()));
    Mapping mapping = mapping(exchange);
    return mapping != null
        ? exchange.ask(EventSources.key(mapping.id()), new MappingCommand.Untag(keys))
        : exchange.ask(key(tagged(exchange)), new FunctionCommand.Untag(keys));
  }

  private static Key key(Function function) {
    return new Key(Functions.KIND, function.arn());
  }

  private JsonNode listTags(Exchange exchange) {
    ObjectNode answer = Json.object();
    Mapping mapping = mapping(exchange);
    (mapping == null ? tagged(exchange).attached().tags() : mapping.tags())
        .forEach(answer.putObject("Tags")::put);
    return answer;
  }

  private JsonNode reserve(Exchange exchange) {
    Named named = unqualified(exchange);
    int most = exchange.input().path("ReservedConcurrentExecutions").asInt();
    if (most > ACCOUNT_CONCURRENCY - 100) {
      throw Errors.invalid(
          "Specified ReservedConcurrentExecutions for function decreases account's"
              + " UnreservedConcurrentExecution below its minimum value of [100].");
    }
    exchange.ask(named.key(), new FunctionCommand.Reserve(most));
    return Json.object().put("ReservedConcurrentExecutions", most);
  }

  private JsonNode free(Exchange exchange) {
    return exchange.ask(unqualified(exchange).key(), new FunctionCommand.Reserve(null));
  }

  private JsonNode getConcurrency(Exchange exchange) {
    Integer reserved = unqualified(exchange).existing().attached().reserved();
    ObjectNode answer = Json.object();
    return reserved == null ? answer : answer.put("ReservedConcurrentExecutions", reserved);
  }

  private Named unqualified(Exchange exchange) {
    Named named = Named.own(exchange, catalogue, exchange.call().operation());
    if (!named.qualifier().isEmpty()) {
      throw Errors.invalid(
          "This operation is permitted on Lambda functions only. Aliases and versions do not"
              + " support this operation. Please specify either a function name or an unqualified"
              + " function ARN.");
    }
    if (named.function() == null) {
      throw Errors.functionNotFound(named.arn().unqualified() + ":$LATEST");
    }
    return named;
  }

  private JsonNode setEventInvoke(Exchange exchange, boolean merge) {
    JsonNode input = exchange.input();
    Named named = Named.own(exchange, catalogue, exchange.call().operation());
    Integer retries = Settings.number(input, "MaximumRetryAttempts");
    Integer maxAge = Settings.number(input, "MaximumEventAgeInSeconds");
    JsonNode destinations = input.path("DestinationConfig");
    if (retries == null && maxAge == null && !destinations.isObject()) {
      throw Errors.invalid(
          "You must specify at least one of error handling or destination setting.");
    }
    Function function = named.function();
    if (function == null || function.release(named.qualifier()) == null) {
      throw Errors.notFound("The function doesn't exist.");
    }
    return exchange.ask(
        named.key(),
        new FunctionCommand.SetEventInvoke(
            named.part(),
            retries,
            maxAge,
            destination(exchange, function, destinations, "OnSuccess"),
            destination(exchange, function, destinations, "OnFailure"),
            merge));
  }

  /** A destination's ARN; empty where one is given without; null where none is given. */
  private @Nullable String destination(
      Exchange exchange, Function function, JsonNode destinations, String condition) {
    if (!destinations.hasNonNull(condition)) {
      return null;
    }
    String arn = destinations.path(condition).path("Destination").asText();
    if (arn.isEmpty()) {
      return arn;
    }
    String[] parts = arn.split(":", -1);
    if (parts.length < 6 || !DESTINATIONS.contains(parts[2])) {
      String given = condition.equals("OnSuccess") ? "onSuccess" : "onFailure";
      String both = given + "=" + condition + "(destination=" + arn + ")";
      throw Errors.invalid(
          "The provided destination config DestinationConfig("
              + (condition.equals("OnSuccess")
                  ? both + ", onFailure=null"
                  : "onSuccess=null, " + both)
              + ") is invalid.");
    }
    if (parts[2].equals("lambda")) {
      FunctionArn other = FunctionArn.parse(arn, exchange.region(), exchange.context());
      if (other != null && other.unqualified().equals(function.arn())) {
        throw Errors.invalid("You can't specify the function as a destination for itself.");
      }
      if (other == null || catalogue.function(other.unqualified()) == null) {
        throw Errors.invalid("The destination ARN " + arn + " is invalid.");
      }
    }
    return arn;
  }

  private JsonNode getEventInvoke(Exchange exchange) {
    Named named = Named.own(exchange, catalogue, exchange.call().operation());
    Function function = named.function();
    EventInvoke settings =
        function == null ? null : function.attached().eventInvokes().get(named.part());
    if (function == null || settings == null) {
      throw noEventInvoke(named);
    }
    return FunctionJson.eventInvoke(function, named.part(), settings);
  }

  private static RuntimeException noEventInvoke(Named named) {
    return Errors.notFound(
        "The function "
            + named.arn().with(named.part().isEmpty() ? "$LATEST" : named.part()).text()
            + " doesn't have an EventInvokeConfig");
  }

  private JsonNode deleteEventInvoke(Exchange exchange) {
    Named named = Named.own(exchange, catalogue, exchange.call().operation());
    if (named.function() == null) {
      throw noEventInvoke(named);
    }
    return exchange.ask(named.key(), new FunctionCommand.DeleteEventInvoke(named.part()));
  }

  private JsonNode listEventInvokes(Exchange exchange) {
    JsonNode input = exchange.input();
    Named named = Named.own(exchange, catalogue, exchange.call().operation());
    Function function = named.function();
    if (function == null) {
      throw Errors.notFound("The function doesn't exist.");
    }
    int limit = LambdaService.limit(input);
    String after = LambdaService.marker(input);
    var all = new TreeMap<>(function.attached().eventInvokes());
    List<Map.Entry<String, EventInvoke>> rest =
        List.copyOf((after.isEmpty() ? all : all.tailMap(after.strip(), false)).entrySet());
    ObjectNode answer = Json.object();
    ArrayNode items = answer.putArray("FunctionEventInvokeConfigs");
    rest.stream()
        .limit(limit)
        .forEach(
            each -> items.add(FunctionJson.eventInvoke(function, each.getKey(), each.getValue())));
    if (rest.size() > limit) {
      answer.put("NextMarker", LambdaService.marker(rest.get(limit - 1).getKey() + ' '));
    }
    return answer;
  }
}
