package dev.tutti.services.states;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.Key;
import dev.tutti.core.workflow.Histories;
import dev.tutti.core.workflow.Machine;
import dev.tutti.core.workflow.MachineCommand;
import dev.tutti.core.workflow.Machines;
import dev.tutti.core.workflow.Published;
import dev.tutti.core.workflow.execution.Arns;
import dev.tutti.services.Exchange;
import dev.tutti.wire.ServiceError;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/** Operations on aliases of state machines. */
final class AliasOperations {
  private final MachineOperations machines;

  AliasOperations(MachineOperations machines) {
    this.machines = machines;
  }

  JsonNode create(Exchange exchange) {
    JsonNode input = exchange.input();
    String name = Inputs.required(input, "name");
    List<String> versions = versions(input);
    String machineArn = Arns.unqualified(versions.getFirst());
    List<Published.Route> routes = routes(exchange, input, machineArn);
    JsonNode created =
        exchange.ask(
            new Key(Machines.KIND, machineArn),
            new MachineCommand.CreateAlias(name, Inputs.text(input, "description"), routes));
    ObjectNode output = Json.object();
    output.put("stateMachineAliasArn", Arns.qualified(machineArn, name));
    output.put("creationDate", Histories.seconds(created.path("createdMillis").asLong()));
    return output;
  }

  JsonNode update(Exchange exchange) {
    JsonNode input = exchange.input();
    String arn = Inputs.arn(input, "stateMachineAliasArn", "stateMachine");
    if (!input.hasNonNull("description") && !input.hasNonNull("routingConfiguration")) {
      throw new ServiceError(
          "ValidationException",
          "Either the description or the routing configuration must be specified");
    }
    Published.Alias alias = alias(exchange, arn);
    String machineArn = Arns.unqualified(arn);
    JsonNode updated =
        exchange.ask(
            new Key(Machines.KIND, machineArn),
            new MachineCommand.UpdateAlias(
                alias.name(),
                Inputs.text(input, "description"),
                input.hasNonNull("routingConfiguration")
                    ? routes(exchange, input, machineArn)
                    : null));
    return Json.object()
        .put("updateDate", Histories.seconds(updated.path("updatedMillis").asLong()));
  }

  JsonNode describe(Exchange exchange) {
    String arn = Inputs.arn(exchange.input(), "stateMachineAliasArn", "stateMachine");
    Published.Alias alias = alias(exchange, arn);
    ObjectNode output = Json.object();
    output.put("stateMachineAliasArn", arn);
    output.put("name", alias.name());
    if (alias.description() != null) {
      output.put("description", alias.description());
    }
    ArrayNode routes = output.putArray("routingConfiguration");
    for (Published.Route route : alias.routes()) {
      routes
          .addObject()
          .put(
              "stateMachineVersionArn",
              Arns.qualified(Arns.unqualified(arn), Integer.toString(route.version())))
          .put("weight", route.weight());
    }
    output.put("creationDate", Histories.seconds(alias.createdMillis()));
    output.put("updateDate", Histories.seconds(alias.updatedMillis()));
    return output;
  }

  JsonNode list(Exchange exchange) {
    JsonNode input = exchange.input();
    String arn = Inputs.arn(input, "stateMachineArn", "stateMachine");
    String machineArn = Arns.unqualified(arn);
    Machine machine = machines.existing(exchange, machineArn);
    Integer version = VersionOperations.number(Arns.qualifier(arn));
    List<Published.Alias> aliases =
        machine.published().aliases().values().stream()
            .filter(alias ->
                version == null
                    || alias.routes().stream().anyMatch(route -> route.version() == version))
            .toList();
    return Pages.of(
        input,
        aliases,
        Published.Alias::name,
        "stateMachineAliases",
        alias -> {
          ObjectNode item = Json.object();
          item.put("stateMachineAliasArn", Arns.qualified(machineArn, alias.name()));
          item.put("creationDate", Histories.seconds(alias.createdMillis()));
          return item;
        });
  }

  JsonNode delete(Exchange exchange) {
    String arn = Inputs.arn(exchange.input(), "stateMachineAliasArn", "stateMachine");
    Published.Alias alias = alias(exchange, arn);
    exchange.ask(
        new Key(Machines.KIND, Arns.unqualified(arn)),
        new MachineCommand.DeleteAlias(alias.name()));
    return Json.object();
  }

  private Published.Alias alias(Exchange exchange, String arn) {
    Machine machine = machines.machine(exchange, Arns.unqualified(arn));
    Published.Alias alias = machine.published().aliases().get(Arns.qualifier(arn));
    if (alias == null) {
      throw new ServiceError(
          "ResourceNotFound", "Request references a resource that does not exist: '" + arn + "'");
    }
    return alias;
  }

  private static List<String> versions(JsonNode input) {
    var arns = new ArrayList<String>();
    input
        .path("routingConfiguration")
        .forEach(route -> arns.add(route.path("stateMachineVersionArn").asText()));
    if (arns.stream().anyMatch(arn -> VersionOperations.number(Arns.qualifier(arn)) == null)) {
      throw invalid(
          "Routing configuration must contain state machine version ARNs. Received: " + arns);
    }
    if (new HashSet<>(arns).size() < arns.size()) {
      throw invalid(
          "Routing configuration must contain distinct state machine version ARNs. Received: "
              + arns);
    }
    return arns;
  }

  private List<Published.Route> routes(Exchange exchange, JsonNode input, String machineArn) {
    List<String> arns = versions(input);
    var weights = new ArrayList<Integer>();
    input.path("routingConfiguration").forEach(route -> weights.add(route.path("weight").asInt()));
    if (weights.stream().mapToInt(Integer::intValue).sum() != 100) {
      throw invalid("Sum of routing configuration weights must equal 100. Received: " + weights);
    }
    machines.existing(exchange, machineArn);
    var routes = new ArrayList<Published.Route>();
    for (int i = 0; i < arns.size(); i++) {
      String arn = arns.get(i);
      if (!Arns.unqualified(arn).equals(machineArn)) {
        throw invalid("Routing configuration must be of versions of the same state machine.");
      }
      routes.add(new Published.Route(Integer.parseInt(Arns.qualifier(arn)), weights.get(i)));
    }
    return routes;
  }

  private static ServiceError invalid(String message) {
    return new ServiceError("ValidationException", message);
  }
}
