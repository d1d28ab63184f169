package dev.tutti.services.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.functions.Configuration;
import dev.tutti.core.functions.Function;
import dev.tutti.core.functions.FunctionCatalogue;
import dev.tutti.core.functions.FunctionCommand;
import dev.tutti.core.functions.FunctionJson;
import dev.tutti.core.functions.Release;
import dev.tutti.core.json.Json;
import dev.tutti.core.logs.GroupCatalogue;
import dev.tutti.core.mappings.MappingCatalogue;
import dev.tutti.runner.Invoker;
import dev.tutti.runner.code.CodeStore;
import dev.tutti.services.Exchange;
import dev.tutti.services.Operation;
import dev.tutti.services.Service;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;

/**
 * Lambda: functions, their code and configuration here; invocations in {@link Invoking}, versions
 * and aliases in {@link Versions}, policies in {@link Policies}, tags, concurrency and retries in
 * {@link Extras}.
 *
 * <p>Code is on disk before the fact that names it. When a function is changed or deleted its idle
 * processes end.
 */
public final class LambdaService implements Service {
  private static final int MAX_NAME = 64;
  private static final int PAGE = 50;

  private final FunctionCatalogue catalogue;
  private final Invoker runner;
  private final Packages packages;
  private final UnaryOperator<String> codeUrl;
  private final Map<String, Operation> operations = new TreeMap<>();

  /**
   * Makes the service.
   *
   * @param catalogue follows the facts of {@link dev.tutti.core.functions.Functions}
   * @param mappings follows the facts of {@link dev.tutti.core.mappings.Mappings}
   * @param groups follows the facts of {@link dev.tutti.core.logs.Groups}
   * @param codeUrl the address under which a package can be had, by its SHA-256 in base64
   * @param clock epoch milliseconds, for traces that begin with an invocation
   */
  public LambdaService(
      FunctionCatalogue catalogue,
      MappingCatalogue mappings,
      GroupCatalogue groups,
      Invoker runner,
      CodeStore store,
      UnaryOperator<String> codeUrl,
      LongSupplier clock) {
    this.catalogue = catalogue;
    this.runner = runner;
    this.packages = new Packages(store);
    this.codeUrl = codeUrl;
    operations.put("CreateFunction", this::create);
    operations.put("GetFunction", this::get);
    operations.put("GetFunctionConfiguration", this::getConfiguration);
    operations.put("UpdateFunctionCode", this::updateCode);
    operations.put("UpdateFunctionConfiguration", this::updateConfiguration);
    operations.put("DeleteFunction", this::delete);
    operations.put("ListFunctions", this::list);
    operations.put("Invoke", new Invoking(catalogue, groups, runner, store, clock));
    operations.putAll(new Versions(catalogue, runner).operations());
    operations.putAll(new Policies(catalogue).operations());
    operations.putAll(new Extras(catalogue, mappings).operations());
    operations.putAll(new EventSources(catalogue, mappings).operations());
  }

  @Override
  public String name() {
    return "lambda";
  }

  @Override
  public Map<String, Operation> operations() {
    return Map.copyOf(operations);
  }

  private JsonNode create(Exchange exchange) {
    JsonNode input = exchange.input();
    Named named = Named.own(exchange, catalogue, "CreateFunction");
    String name = named.arn().name();
    if (name.length() > MAX_NAME) {
      throw Errors.invalid(
          "1 validation error detected: Value '"
              + name
              + "' at 'functionName' failed to satisfy constraint: Member must have length less"
              + " than or equal to 64");
    }
    Configuration.Change change = Settings.of(input);
    if (change.runtime() == null || change.handler() == null) {
      throw Errors.invalid(
          "Runtime and Handler are mandatory parameters for functions created with deployment"
              + " packages.");
    }
    Configuration configuration =
        Configuration.initial(name, input.path("Role").asText(), change.runtime(), change.handler())
            .with(change);
    return exchange.ask(
        named.key(),
        new FunctionCommand.Create(
            configuration,
            packages.keep(input.path("Code")),
            Settings.texts(input.path("Tags")),
            input.path("Publish").asBoolean()));
  }

  private JsonNode get(Exchange exchange) {
    Named named = Named.own(exchange, catalogue, "GetFunction");
    Release release = named.release();
    Function function = named.existing();
    ObjectNode answer = Json.object();
    answer.set("Configuration", FunctionJson.configuration(function, release, named.qualifier()));
    answer
        .putObject("Code")
        .put("RepositoryType", "S3")
        .put("Location", codeUrl.apply(release.code().sha256()));
    if (!function.attached().tags().isEmpty()) {
      function.attached().tags().forEach(answer.putObject("Tags")::put);
    }
    if (function.attached().reserved() != null) {
      answer
          .putObject("Concurrency")
          .put("ReservedConcurrentExecutions", function.attached().reserved());
    }
    return answer;
  }

  private JsonNode getConfiguration(Exchange exchange) {
    Named named = Named.own(exchange, catalogue, "GetFunctionConfiguration");
    Release release = named.release();
    return FunctionJson.configuration(named.existing(), release, named.qualifier());
  }

  private JsonNode updateCode(Exchange exchange) {
    JsonNode input = exchange.input();
    Named named = Named.own(exchange, catalogue, "UpdateFunctionCode");
    Function function = named.existing();
    if (input.path("DryRun").asBoolean()) {
      return FunctionJson.configuration(function, named.release(), "");
    }
    JsonNode answer =
        exchange.ask(
            named.key(),
            new FunctionCommand.UpdateCode(
                packages.keep(input),
                Settings.architectures(input),
                input.path("Publish").asBoolean(),
                Settings.text(input, "RevisionId")));
    runner.forget(function.arn());
    return answer;
  }

  private JsonNode updateConfiguration(Exchange exchange) {
    JsonNode input = exchange.input();
    Named named = Named.own(exchange, catalogue, "UpdateFunctionConfiguration");
    Function function = named.existing();
    JsonNode answer =
        exchange.ask(
            named.key(),
            new FunctionCommand.UpdateConfiguration(
                Settings.of(input), Settings.text(input, "RevisionId")));
    runner.forget(function.arn());
    return answer;
  }

  private JsonNode delete(Exchange exchange) {
    Named named = Named.own(exchange, catalogue, "DeleteFunction");
    if (named.qualifier().equals("$LATEST")) {
      throw Errors.invalid("$LATEST version cannot be deleted without deleting the function.");
    }
    Function function = named.existing();
    exchange.ask(named.key(), new FunctionCommand.Delete(named.qualifier()));
    if (named.qualifier().isEmpty()) {
      runner.forget(function.arn());
      runner.forget(function.arn() + ":$LATEST");
      function
          .published()
          .versions()
          .keySet()
          .forEach(each -> runner.forget(function.arn() + ':' + each));
      function
          .published()
          .aliases()
          .keySet()
          .forEach(each -> runner.forget(function.arn() + ':' + each));
    } else {
      runner.forget(named.arn().text());
    }
    return Json.object();
  }

  private JsonNode list(Exchange exchange) {
    JsonNode input = exchange.input();
    boolean all = input.path("FunctionVersion").asText().equals("ALL");
    int limit = limit(input);
    List<Function> functions =
        catalogue.functions(exchange.context(), exchange.region(), marker(input), limit + 1);
    ObjectNode answer = Json.object();
    ArrayNode items = answer.putArray("Functions");
    for (Function function : functions.subList(0, Math.min(limit, functions.size()))) {
      Release latest = function.latest();
      if (latest != null) {
        items.add(FunctionJson.listed(function, latest, all ? "$LATEST" : ""));
      }
      if (all) {
        function
            .published()
            .versions()
            .values()
            .forEach(each -> items.add(FunctionJson.listed(function, each, each.version())));
      }
    }
    if (functions.size() > limit) {
      answer.put("NextMarker", marker(functions.get(limit - 1).arn()));
    }
    return answer;
  }

  /** How many items a page holds; Lambda never gives more than 50. */
  static int limit(JsonNode input) {
    return Math.clamp(input.path("MaxItems").asInt(PAGE), 1, PAGE);
  }

  /** Where a page begins: after this key; empty for the first. */
  static String marker(JsonNode input) {
    String marker = input.path("Marker").asText();
    try {
      return new String(Base64.getUrlDecoder().decode(marker), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw Errors.invalid("The marker " + marker + " was not given out here.");
    }
  }

  static String marker(String key) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(key.getBytes(StandardCharsets.UTF_8));
  }
}
