package dev.tutti.core.workflow.integrations;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.asl.Resource;
import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.Outcome;
import dev.tutti.core.kernel.Request;
import dev.tutti.core.workflow.execution.Ended;
import dev.tutti.core.workflow.execution.Status;
import java.math.BigDecimal;
import java.util.EnumSet;
import java.util.Set;

/**
 * {@code states:startExecution}: an execution of another state machine, awaited or not.
 *
 * @param pattern {@code SYNC_2} hands on input and output as JSON, {@code SYNC} as texts
 */
public record StartExecution(Resource.Pattern pattern) implements Integration {
  @Override
  public Set<Resource.Pattern> patterns() {
    return EnumSet.allOf(Resource.Pattern.class);
  }

  @Override
  public String lane(Work work) {
    return "states";
  }

  @Override
  public Request request(Work work) {
    ObjectNode input = Json.object();
    if (work.parameters().hasNonNull("StateMachineArn")) {
      input.set("stateMachineArn", work.parameters().get("StateMachineArn"));
    }
    input.set(
        "name",
        work.parameters().hasNonNull("Name")
            ? work.parameters().get("Name")
            : Json.text(work.requestId()));
    if (work.parameters().hasNonNull("Input")) {
      input.set("input", Answers.text(work.parameters().get("Input")));
    }
    if (work.parameters().hasNonNull("TraceHeader")) {
      input.set("traceHeader", work.parameters().get("TraceHeader"));
    }
    return new Request.Operation(work.context(), work.region(), "states", "StartExecution", input);
  }

  @Override
  public Result result(Work work, Outcome outcome, long millis) {
    return switch (outcome) {
      case Outcome.Failed failed ->
          Answers.failure(work, failed, "StepFunctions", "AWSStepFunctions");
      case Outcome.Succeeded done -> {
        String arn = done.output().path("executionArn").asText();
        BigDecimal seconds = done.output().path("startDate").decimalValue();
        String body = "{\"executionArn\":\"" + arn + "\",\"startDate\":" + seconds + "E9}";
        ObjectNode output = Json.object();
        output.put("ExecutionArn", arn);
        Answers.describe(
            output,
            work,
            Answers.headers(work, body.length(), "application/x-amz-json-1.0", millis));
        output.put("StartDate", seconds.movePointRight(3).longValue());
        yield new Result.Output(output);
      }
    };
  }

  /** What the Task that waited for an execution gets. */
  public Result result(Ended ended) {
    ObjectNode output = Json.object();
    if (ended.cause() != null) {
      output.put("Cause", ended.cause());
    }
    if (ended.error() != null) {
      output.put("Error", ended.error());
    }
    output.put("ExecutionArn", ended.executionArn());
    output.set(
        "Input",
        pattern == Resource.Pattern.SYNC_2 ? Json.parse(ended.input()) : Json.text(ended.input()));
    output.putObject("InputDetails").put("Included", true);
    output.put("Name", ended.executionArn().substring(ended.executionArn().lastIndexOf(':') + 1));
    if (ended.output() != null) {
      output.set(
          "Output",
          pattern == Resource.Pattern.SYNC_2
              ? ended.output()
              : Json.text(Json.write(ended.output())));
      output.putObject("OutputDetails").put("Included", true);
    }
    output.put("StartDate", ended.startMillis());
    output.put("StateMachineArn", ended.machineArn());
    output.put("Status", ended.status().name());
    output.put("StopDate", ended.stopMillis());
    return ended.status() == Status.SUCCEEDED
        ? new Result.Output(output)
        : new Result.Failure("States.TaskFailed", Json.write(output));
  }
}
