package dev.tutti.services.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.functions.Function;
import dev.tutti.core.functions.FunctionCatalogue;
import dev.tutti.core.functions.FunctionCommand;
import dev.tutti.core.functions.Policy;
import dev.tutti.core.functions.Statements;
import dev.tutti.core.json.Json;
import dev.tutti.services.Exchange;
import dev.tutti.services.Operation;
import java.util.Map;
import java.util.TreeMap;

/** Who besides the owner may invoke a function. */
final class Policies {
  private final FunctionCatalogue catalogue;

  Policies(FunctionCatalogue catalogue) {
    this.catalogue = catalogue;
  }

  Map<String, Operation> operations() {
    return Map.of(
        "AddPermission", this::add, "RemovePermission", this::remove, "GetPolicy", this::get);
  }

  private JsonNode add(Exchange exchange) {
    JsonNode input = exchange.input();
    Named named = Named.own(exchange, catalogue, "AddPermission");
    if (named.qualifier().equals("$LATEST")) {
      throw Errors.invalid("We currently do not support adding policies for $LATEST.");
    }
    JsonNode statement =
        Statements.of(
            input.path("StatementId").asText(),
            input.path("Principal").asText(),
            input.path("Action").asText(),
            named.arn().text(),
            conditions(input));
    if (statement == null) {
      throw Errors.invalid(
          "The provided principal was invalid. Please check the principal and try again.");
    }
    if (named.function() == null) {
      throw Errors.functionNotFound(named.arn().unqualified());
    }
    checkQualifier(named);
    exchange.ask(
        named.key(),
        new FunctionCommand.AddPermission(
            named.qualifier(),
            input.path("StatementId").asText(),
            statement,
            Settings.text(input, "RevisionId")));
    return Json.object().put("Statement", Json.write(statement));
  }

  private static Map<String, Map<String, String>> conditions(JsonNode input) {
    Map<String, Map<String, String>> conditions = new TreeMap<>();
    condition(conditions, "StringEquals", "AWS:SourceAccount", input.path("SourceAccount"));
    condition(conditions, "ArnLike", "AWS:SourceArn", input.path("SourceArn"));
    condition(conditions, "StringEquals", "aws:PrincipalOrgID", input.path("PrincipalOrgID"));
    condition(
        conditions,
        "StringEquals",
        "lambda:FunctionUrlAuthType",
        input.path("FunctionUrlAuthType"));
    condition(
        conditions, "StringEquals", "lambda:EventSourceToken", input.path("EventSourceToken"));
    condition(
        conditions, "Bool", "lambda:InvokedViaFunctionUrl", input.path("InvokedViaFunctionUrl"));
    return conditions;
  }

  private static void condition(
      Map<String, Map<String, String>> conditions, String operator, String key, JsonNode value) {
    if (value.isValueNode() && !value.isNull()) {
      conditions.computeIfAbsent(operator, each -> new TreeMap<>()).put(key, value.asText());
    }
  }

  /** A qualifier that could be an alias is looked for as one. */
  private static void checkQualifier(Named named) {
    String qualifier = named.qualifier();
    if (named.existing().release(qualifier) != null) {
      return;
    }
    if (qualifier.matches("(?!^[0-9]+$)[a-zA-Z0-9-_]+")) {
      throw Errors.notFound("Cannot find alias arn: " + named.arn().text());
    }
    throw Errors.functionNotFound(named.arn().text());
  }

  private JsonNode remove(Exchange exchange) {
    JsonNode input = exchange.input();
    Named named = Named.own(exchange, catalogue, "RemovePermission");
    if (named.function() != null) {
      checkQualifier(named);
    }
    return exchange.ask(
        named.key(),
        new FunctionCommand.RemovePermission(
            named.part(), input.path("StatementId").asText(), Settings.text(input, "RevisionId")));
  }

  private JsonNode get(Exchange exchange) {
    Named named = Named.own(exchange, catalogue, "GetPolicy");
    Function function = named.function();
    Policy policy = function == null ? null : function.attached().policies().get(named.part());
    if (policy == null) {
      throw Errors.noSuchResource();
    }
    ObjectNode document = Json.object();
    document.put("Version", "2012-10-17").put("Id", "default");
    policy.statements().forEach(document.putArray("Statement")::add);
    return Json.object().put("Policy", Json.write(document)).put("RevisionId", policy.revision());
  }
}
