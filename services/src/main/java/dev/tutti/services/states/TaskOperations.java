package dev.tutti.services.states;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.Key;
import dev.tutti.core.workflow.ExecutionCommand;
import dev.tutti.core.workflow.Executions;
import dev.tutti.core.workflow.Tokens;
import dev.tutti.core.workflow.execution.Arns;
import dev.tutti.services.Exchange;

/** Operations by which those who hold a task token end or prolong the Task that waits for it. */
final class TaskOperations {
  private TaskOperations() {}

  static JsonNode succeed(Exchange exchange) {
    String token = Inputs.required(exchange.input(), "taskToken");
    Key key = key(exchange, token);
    JsonNode output =
        Inputs.json(Inputs.required(exchange.input(), "output"), "InvalidOutput", "Invalid Output");
    return send(exchange, key, new ExecutionCommand.TaskSuccess(token, output));
  }

  static JsonNode fail(Exchange exchange) {
    String token = Inputs.required(exchange.input(), "taskToken");
    return send(
        exchange,
        key(exchange, token),
        new ExecutionCommand.TaskFailure(
            token, Inputs.text(exchange.input(), "error"), Inputs.text(exchange.input(), "cause")));
  }

  static JsonNode heartbeat(Exchange exchange) {
    String token = Inputs.required(exchange.input(), "taskToken");
    return send(exchange, key(exchange, token), new ExecutionCommand.TaskHeartbeat(token));
  }

  private static JsonNode send(Exchange exchange, Key key, ExecutionCommand command) {
    exchange.ask(key, command);
    return Json.object();
  }

  private static Key key(Exchange exchange, String token) {
    String execution = Tokens.execution(token);
    if (execution == null || !Arns.account(execution).equals(exchange.context())) {
      throw Pages.invalid();
    }
    return new Key(Executions.KIND, execution);
  }
}
