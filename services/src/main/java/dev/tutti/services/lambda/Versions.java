package dev.tutti.services.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.functions.Alias;
import dev.tutti.core.functions.Function;
import dev.tutti.core.functions.FunctionCatalogue;
import dev.tutti.core.functions.FunctionCommand;
import dev.tutti.core.functions.FunctionJson;
import dev.tutti.core.functions.Release;
import dev.tutti.core.json.Json;
import dev.tutti.runner.Invoker;
import dev.tutti.services.Exchange;
import dev.tutti.services.Operation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Versions and aliases. */
final class Versions {
  private final FunctionCatalogue catalogue;
  private final Invoker runner;

  Versions(FunctionCatalogue catalogue, Invoker runner) {
    this.catalogue = catalogue;
    this.runner = runner;
  }

  Map<String, Operation> operations() {
    return Map.of(
        "PublishVersion", this::publish,
        "ListVersionsByFunction", this::listVersions,
        "CreateAlias", this::createAlias,
        "GetAlias", this::getAlias,
        "UpdateAlias", this::updateAlias,
        "DeleteAlias", this::deleteAlias,
        "ListAliases", this::listAliases);
  }

  private JsonNode publish(Exchange exchange) {
    JsonNode input = exchange.input();
    Named named = Named.own(exchange, catalogue, "PublishVersion");
    return exchange.ask(
        named.key(),
        new FunctionCommand.PublishVersion(
            Settings.text(input, "Description"),
            Settings.text(input, "CodeSha256"),
            Settings.text(input, "RevisionId")));
  }

  private JsonNode listVersions(Exchange exchange) {
    Named named = Named.own(exchange, catalogue, "ListVersionsByFunction");
    Function function = named.existing();
    List<Release> all = new ArrayList<>();
    all.add(named.release());
    all.addAll(function.published().versions().values());
    String after = LambdaService.marker(exchange.input());
    int from = after.isEmpty() ? 0 : Integer.parseInt(after);
    int to = Math.min(all.size(), from + LambdaService.limit(exchange.input()));
    ObjectNode answer = Json.object();
    ArrayNode items = answer.putArray("Versions");
    all.subList(Math.min(from, to), to)
        .forEach(each -> items.add(FunctionJson.listed(function, each, each.version())));
    if (to < all.size()) {
      answer.put("NextMarker", LambdaService.marker(Integer.toString(to)));
    }
    return answer;
  }

  private JsonNode createAlias(Exchange exchange) {
    JsonNode input = exchange.input();
    Named named = Named.own(exchange, catalogue, "CreateAlias");
    String version = input.path("FunctionVersion").asText();
    if (named.function() == null) {
      throw Errors.functionNotFound(named.arn().unqualified() + ':' + version);
    }
    return exchange.ask(
        named.key(),
        new FunctionCommand.CreateAlias(
            input.path("Name").asText(),
            version,
            input.path("Description").asText(),
            weights(input)));
  }

  private JsonNode updateAlias(Exchange exchange) {
    JsonNode input = exchange.input();
    Named named = Named.own(exchange, catalogue, "UpdateAlias");
    JsonNode answer =
        exchange.ask(
            named.key(),
            new FunctionCommand.UpdateAlias(
                input.path("Name").asText(),
                Settings.text(input, "FunctionVersion"),
                Settings.text(input, "Description"),
                input.hasNonNull("RoutingConfig") ? weights(input) : null,
                Settings.text(input, "RevisionId")));
    runner.forget(named.arn().unqualified() + ':' + input.path("Name").asText());
    return answer;
  }

  private static Map<String, Double> weights(JsonNode input) {
    Map<String, Double> weights = new HashMap<>();
    input
        .path("RoutingConfig")
        .path("AdditionalVersionWeights")
        .properties()
        .forEach(each -> weights.put(each.getKey(), each.getValue().asDouble()));
    return weights;
  }

  private JsonNode getAlias(Exchange exchange) {
    Named named = Named.own(exchange, catalogue, "GetAlias");
    String name = exchange.input().path("Name").asText();
    Function function = named.function();
    Alias alias = function == null ? null : function.published().aliases().get(name);
    if (function == null || alias == null) {
      throw Errors.notFound("Cannot find alias arn: " + named.arn().unqualified() + ':' + name);
    }
    return FunctionJson.alias(function, alias);
  }

  private JsonNode deleteAlias(Exchange exchange) {
    Named named = Named.own(exchange, catalogue, "DeleteAlias");
    String name = exchange.input().path("Name").asText();
    exchange.ask(named.key(), new FunctionCommand.DeleteAlias(name));
    runner.forget(named.arn().unqualified() + ':' + name);
    return Json.object();
  }

  private JsonNode listAliases(Exchange exchange) {
    JsonNode input = exchange.input();
    Named named = Named.own(exchange, catalogue, "ListAliases");
    Function function = named.existing();
    String version = Settings.text(input, "FunctionVersion");
    List<Alias> all =
        function.published().aliases().tailMap(LambdaService.marker(input), false).values().stream()
            .filter(alias -> version == null || alias.version().equals(version))
            .toList();
    int limit = LambdaService.limit(input);
    ObjectNode answer = Json.object();
    ArrayNode items = answer.putArray("Aliases");
    all.stream().limit(limit).forEach(each -> items.add(FunctionJson.alias(function, each)));
    if (all.size() > limit) {
      answer.put("NextMarker", LambdaService.marker(all.get(limit - 1).name()));
    }
    return answer;
  }
}
