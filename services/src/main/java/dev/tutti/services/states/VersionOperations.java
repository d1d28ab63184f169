package dev.tutti.services.states;

import com.fasterxml.jackson.databind.JsonNode;
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
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Operations on versions of state machines. */
final class VersionOperations {
  private final MachineOperations machines;

  VersionOperations(MachineOperations machines) {
    this.machines = machines;
  }

  JsonNode publish(Exchange exchange) {
    JsonNode input = exchange.input();
    String arn = Inputs.arn(input, "stateMachineArn", "stateMachine");
    machines.existing(exchange, arn);
    JsonNode published =
        exchange.ask(
            new Key(Machines.KIND, arn),
            new MachineCommand.Publish(
                Inputs.text(input, "description"), Inputs.text(input, "revisionId")));
    ObjectNode output = Json.object();
    output.put("creationDate", Histories.seconds(published.path("createdMillis").asLong()));
    named(output, arn, published);
    return output;
  }

  /** Adds the ARN of the version that a state machine's reply tells of, if it does. */
  static void named(ObjectNode output, String machineArn, JsonNode reply) {
    if (reply.has("version")) {
      output.put(
          "stateMachineVersionArn", Arns.qualified(machineArn, reply.get("version").asText()));
    }
  }

  JsonNode list(Exchange exchange) {
    JsonNode input = exchange.input();
    String arn = Inputs.arn(input, "stateMachineArn", "stateMachine");
    var versions =
        new ArrayList<>(machines.existing(exchange, arn).published().versions().values());
    List<Published.Version> newest = versions.reversed();
    return Pages.of(
        input,
        newest,
        version -> Integer.toString(version.number()),
        "stateMachineVersions",
        version -> {
          ObjectNode item = Json.object();
          item.put(
              "stateMachineVersionArn", Arns.qualified(arn, Integer.toString(version.number())));
          item.put("creationDate", Histories.seconds(version.createdMillis()));
          return item;
        });
  }

  JsonNode delete(Exchange exchange) {
    String arn = Inputs.arn(exchange.input(), "stateMachineVersionArn", "stateMachine");
    Integer number = number(Arns.qualifier(arn));
    if (number == null) {
      throw new ServiceError(
          "InvalidArn", "Invalid Arn: 'Resource type not valid in this context: " + arn + "'");
    }
    exchange.ask(
        new Key(Machines.KIND, MachineOperations.own(exchange, Arns.unqualified(arn))),
        new MachineCommand.DeleteVersion(number));
    return Json.object();
  }

  /** The version that a qualifier names; null where it is no number. */
  static @Nullable Integer number(String qualifier) {
    return qualifier.matches("\\d{1,9}") ? Integer.valueOf(qualifier) : null;
  }

  /** The version that an ARN names; null where it names none that exists. */
  static Published.@Nullable Version version(Machine machine, String arn) {
    Integer number = number(Arns.qualifier(arn));
    return number == null ? null : machine.published().versions().get(number);
  }
}
