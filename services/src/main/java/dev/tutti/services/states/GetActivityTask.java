package dev.tutti.services.states;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.Key;
import dev.tutti.core.workflow.ExecutionCommand;
import dev.tutti.core.workflow.Executions;
import dev.tutti.core.workflow.Offers;
import dev.tutti.services.Exchange;
import dev.tutti.services.Operation;
import dev.tutti.wire.ServiceError;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * GetActivityTask: the oldest Task that waits for the activity, or the first that comes within a
 * minute. The Task is the worker's once its execution has decided so; where the answer gets lost on
 * its way the Task goes on until its time is over, as it does at AWS.
 */
final class GetActivityTask implements Operation {
  /** As at AWS. */
  static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

  private static final int MAX_WORKER_NAME = 80;

  private final ActivityOperations activities;
  private final ActivityTasks tasks;
  private final Duration patience;

  GetActivityTask(ActivityOperations activities, ActivityTasks tasks, Duration patience) {
    this.activities = activities;
    this.tasks = tasks;
    this.patience = patience;
  }

  @Override
  public JsonNode perform(Exchange exchange) {
    String worker = Inputs.text(exchange.input(), "workerName");
    if (worker != null && worker.length() > MAX_WORKER_NAME) {
      throw new ServiceError("InvalidName", "Invalid Name: '" + worker + "'");
    }
    String activity = activities.existing(exchange);
    long end = System.nanoTime() + patience.toNanos();
    while (true) {
      Offers.Task task;
      try {
        task = tasks.take(activity, end - System.nanoTime());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new ServiceError("InternalFailure", "The wait was broken off.", 500);
      }
      if (task == null) {
        return Json.object();
      }
      JsonNode taken = claim(exchange, task, worker);
      if (taken.has("token")) {
        ObjectNode output = Json.object();
        output.set("taskToken", taken.get("token"));
        output.set("input", taken.get("input"));
        return output;
      }
    }
  }

  private JsonNode claim(Exchange exchange, Offers.Task task, @Nullable String worker) {
    boolean decided = false;
    try {
      JsonNode taken =
          exchange.ask(
              new Key(Executions.KIND, task.executionArn()),
              new ExecutionCommand.TakeTask(task.scheduled(), worker));
      decided = true;
      return taken;
    } finally {
      if (!decided) {
        tasks.giveBack(task);
      }
    }
  }
}
