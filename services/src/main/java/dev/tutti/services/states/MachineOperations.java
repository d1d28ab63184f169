package dev.tutti.services.states;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.asl.StateMachine;
import dev.tutti.core.asl.compile.Definitions;
import dev.tutti.core.asl.compile.Diagnostic;
import dev.tutti.core.asl.compile.InvalidDefinition;
import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.Key;
import dev.tutti.core.workflow.ExecutionRows;
import dev.tutti.core.workflow.Histories;
import dev.tutti.core.workflow.Machine;
import dev.tutti.core.workflow.MachineCatalogue;
import dev.tutti.core.workflow.MachineCommand;
import dev.tutti.core.workflow.Machines;
import dev.tutti.core.workflow.Published;
import dev.tutti.core.workflow.execution.Arns;
import dev.tutti.core.workflow.execution.Status;
import dev.tutti.services.Exchange;
import dev.tutti.services.sdk.Integrations;
import dev.tutti.wire.ServiceError;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Operations on state machines. */
final class MachineOperations {
  private static final int MAX_DIAGNOSTICS = 100;

  private final MachineCatalogue catalogue;
  private final LoggingOptions logging;
  private final Function<String, StateMachine> compiler;

  /**
   * Operations on a catalogue's machines.
   *
   * @param compiler of definitions that are to be kept, see {@link StatesService#compile}
   */
  MachineOperations(
      MachineCatalogue catalogue, LoggingOptions logging, Function<String, StateMachine> compiler) {
    this.catalogue = catalogue;
    this.logging = logging;
    this.compiler = compiler;
  }

  JsonNode create(Exchange exchange) {
    JsonNode input = exchange.input();
    String name = Inputs.name(Inputs.required(input, "name"));
    checkOptions(input);
    String type = input.path("type").asText("STANDARD");
    String definition = compiled(Inputs.required(input, "definition"), type);
    String arn = Arns.machine(exchange.region(), exchange.context(), name);
    if (!machine(exchange, arn).exists() && runs(exchange, arn)) {
      throw new ServiceError("StateMachineDeleting", "State Machine Deleting: '" + arn + "'");
    }
    var command =
        new MachineCommand.Create(
            definition,
            Inputs.role(Inputs.required(input, "roleArn")),
            type,
            logging.checked(input.get("loggingConfiguration")),
            tracing(input.get("tracingConfiguration")),
            TagOperations.in(input),
            publication(input));
    JsonNode created = exchange.ask(new Key(Machines.KIND, arn), command);
    ObjectNode output = Json.object();
    output.put("stateMachineArn", arn);
    VersionOperations.named(output, arn, created);
    output.put("creationDate", Histories.seconds(created.path("createdMillis").asLong()));
    return output;
  }

  JsonNode update(Exchange exchange) {
    JsonNode input = exchange.input();
    String arn = Inputs.arn(input, "stateMachineArn", "stateMachine");
    checkOptions(input);
    String definition = Inputs.text(input, "definition");
    String role = Inputs.text(input, "roleArn");
    boolean logs = input.hasNonNull("loggingConfiguration");
    boolean traces = input.hasNonNull("tracingConfiguration");
    Machine machine = existing(exchange, arn);
    if (definition == null && role == null && !logs && !traces && publication(input) == null) {
      throw new ServiceError(
          "MissingRequiredParameter",
          "Either the definition, the role ARN, the LoggingConfiguration, or the"
              + " TracingConfiguration must be specified");
    }
    var command =
        new MachineCommand.Update(
            definition == null ? null : compiled(definition, machine.type()),
            role == null ? null : Inputs.role(role),
            logs ? logging.checked(input.get("loggingConfiguration")) : null,
            traces ? tracing(input.get("tracingConfiguration")) : null,
            publication(input));
    JsonNode updated = exchange.ask(new Key(Machines.KIND, arn), command);
    ObjectNode output = Json.object();
    output.put("updateDate", Histories.seconds(updated.path("updatedMillis").asLong()));
    if (updated.has("revision")) {
      output.set("revisionId", updated.get("revision"));
    }
    VersionOperations.named(output, arn, updated);
    return output;
  }

  JsonNode describe(Exchange exchange) {
    String arn = Inputs.arn(exchange.input(), "stateMachineArn", "stateMachine");
    if (!Arns.qualifier(arn).isEmpty()) {
      return describeVersion(exchange, arn);
    }
    Machine machine = machine(exchange, arn);
    boolean deleting = !machine.exists() && machine.seq() > 0 && runs(exchange, arn);
    if (!machine.exists() && !deleting) {
      throw missing(arn);
    }
    ObjectNode output = Json.object();
    output.put("stateMachineArn", arn);
    output.put("name", Arns.name(arn));
    output.put("status", deleting ? "DELETING" : "ACTIVE");
    definition(exchange, machine.definition(), output);
    output.put("roleArn", machine.roleArn());
    output.put("type", machine.type());
    output.put("creationDate", Histories.seconds(machine.createdMillis()));
    configuration(machine, output);
    if (!machine.first()) {
      output.put("revisionId", machine.revision());
    }
    return output;
  }

  private JsonNode describeVersion(Exchange exchange, String arn) {
    String own = Arns.unqualified(arn);
    Machine machine = machine(exchange, own);
    Published.Version version = VersionOperations.version(machine, arn);
    if (version == null) {
      throw missing(arn);
    }
    MachineCatalogue.Text text = catalogue.text(own, version.revision());
    ObjectNode output = Json.object();
    output.put("stateMachineArn", arn);
    output.put("name", Arns.name(own));
    output.put("status", "ACTIVE");
    definition(exchange, text.definition(), output);
    output.put("roleArn", text.roleArn());
    output.put("type", machine.type());
    output.put("creationDate", Histories.seconds(version.createdMillis()));
    configuration(machine, output);
    if (version.description() != null) {
      output.put("description", version.description());
    }
    if (!text.first()) {
      output.put("revisionId", version.revision());
    }
    return output;
  }

  /**
   * Adds a definition and which variables its states refer to, where any does; an empty one where
   * the call asks for metadata only (API reference, DescribeStateMachine).
   */
  static void definition(Exchange exchange, String definition, ObjectNode output) {
    if (exchange.input().path("includedData").asText("").equals("METADATA_ONLY")) {
      output.put("definition", "{}");
      return;
    }
    output.put("definition", definition);
    ObjectNode references = VariableReferences.of(definition);
    if (!references.isEmpty()) {
      output.set("variableReferences", references);
    }
  }

  /** Adds how a state machine is logged and traced. */
  static void configuration(Machine machine, ObjectNode output) {
    output.set("loggingConfiguration", machine.logging());
    output.set("tracingConfiguration", machine.tracing());
  }

  JsonNode delete(Exchange exchange) {
    String arn = Inputs.arn(exchange.input(), "stateMachineArn", "stateMachine");
    exchange.ask(new Key(Machines.KIND, own(exchange, arn)), new MachineCommand.Delete());
    return Json.object();
  }

  JsonNode list(Exchange exchange) {
    return Pages.of(
        exchange.reader(),
        exchange.input(),
        Machines.ROWS,
        List.of(exchange.context(), exchange.region()),
        "stateMachines",
        row -> {
          ObjectNode item = Json.object();
          item.set("stateMachineArn", row.get("stateMachineArn"));
          item.set("name", row.get("name"));
          item.set("type", row.get("type"));
          item.put("creationDate", Histories.seconds(row.path("createdMillis").asLong()));
          return item;
        });
  }

  JsonNode validate(Exchange exchange) {
    JsonNode input = exchange.input();
    String definition = Inputs.required(input, "definition");
    List<Diagnostic> errors = Definitions.check(definition, Integrations::knows);
    if (errors.isEmpty() && input.path("type").asText().equals("EXPRESS")) {
      errors = ExpressRules.faults(Definitions.compile(definition));
    }
    List<Diagnostic> found = new ArrayList<>(errors);
    if (input.path("severity").asText("ERROR").equals("WARNING") && errors.isEmpty()) {
      found.addAll(Definitions.warnings(definition));
    }
    int most = input.path("maxResults").asInt(0);
    int limit = most == 0 ? MAX_DIAGNOSTICS : most;
    ObjectNode output = Json.object();
    output.put("result", errors.isEmpty() ? "OK" : "FAIL");
    ArrayNode diagnostics = output.putArray("diagnostics");
    for (Diagnostic each : found.subList(0, Math.min(limit, found.size()))) {
      ObjectNode diagnostic = diagnostics.addObject();
      diagnostic.put("severity", each.severity());
      diagnostic.put("code", each.code());
      diagnostic.put("message", each.message());
      if (each.location() != null) {
        diagnostic.put("location", each.location());
      }
    }
    output.put("truncated", found.size() > limit);
    return output;
  }

  /**
   * A state machine that exists and is the caller's.
   *
   * @throws ServiceError StateMachineDoesNotExist
   */
  Machine existing(Exchange exchange, String arn) {
    Machine machine = machine(exchange, arn);
    if (!machine.exists()) {
      throw missing(arn);
    }
    return machine;
  }

  /** A state machine as it stands; no context sees another's. */
  Machine machine(Exchange exchange, String arn) {
    return catalogue.machine(own(exchange, arn));
  }

  /** A revision as it was written. */
  MachineCatalogue.Text text(String arn, String revision) {
    return catalogue.text(arn, revision);
  }

  static ServiceError missing(String arn) {
    return new ServiceError(
        "StateMachineDoesNotExist", "State Machine Does Not Exist: '" + arn + "'");
  }

  /** Whether executions of a state machine are under way. */
  static boolean runs(Exchange exchange, String arn) {
    return !exchange
        .reader()
        .rows(ExecutionRows.BY_STATUS, List.of(arn, Status.RUNNING.name()), null, 1)
        .isEmpty();
  }

  /** An ARN that is of the caller's context. */
  static String own(Exchange exchange, String arn) {
    if (!Arns.account(arn).equals(exchange.context())) {
      throw missing(arn);
    }
    return arn;
  }

  private String compiled(String definition, String type) {
    try {
      StateMachine machine = compiler.apply(definition);
      if (type.equals("EXPRESS")) {
        ExpressRules.check(machine);
      }
      return definition;
    } catch (InvalidDefinition e) {
      throw new ServiceError("InvalidDefinition", e.text());
    }
  }

  private static MachineCommand.@Nullable Publication publication(JsonNode input) {
    return input.path("publish").asBoolean(false)
        ? new MachineCommand.Publication(Inputs.text(input, "versionDescription"))
        : null;
  }

  private static void checkOptions(JsonNode input) {
    boolean publish = input.path("publish").asBoolean(false);
    if (input.hasNonNull("versionDescription") && !publish) {
      throw new ServiceError(
          "ValidationException", "Version description can only be set when publish is true");
    }
    Encryption.check(input);
  }

  private static JsonNode tracing(@Nullable JsonNode given) {
    return Json.object().put("enabled", given != null && given.path("enabled").asBoolean(false));
  }
}
