package dev.tutti.core.workflow.integrations;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.asl.Resource;
import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.Outcome;
import dev.tutti.core.kernel.Request;
import dev.tutti.core.workflow.execution.Arns;
import java.util.Set;

/**
 * {@code events:putEvents}: a milestone. Each entry names the execution and its state machine among
 * its resources; an entry that isn't taken fails the Task, although the others are published.
 */
record PutEvents() implements Integration {
  @Override
  public Set<Resource.Pattern> patterns() {
    return Set.of(Resource.Pattern.REQUEST_RESPONSE, Resource.Pattern.WAIT_FOR_TASK_TOKEN);
  }

  @Override
  public String lane(Work work) {
    return "events";
  }

  @Override
  public Request request(Work work) {
    ObjectNode input = Json.object();
    ArrayNode entries = input.putArray("Entries");
    for (JsonNode given : work.parameters().path("Entries")) {
      entries.add(given instanceof ObjectNode entry ? entry(entry, work) : given);
    }
    if (work.parameters().hasNonNull("EndpointId")) {
      input.set("EndpointId", work.parameters().get("EndpointId"));
    }
    return new Request.Operation(work.context(), work.region(), "events", "PutEvents", input);
  }

  private static JsonNode entry(ObjectNode given, Work work) {
    ObjectNode entry = Json.object();
    entry.setAll(given);
    if (given.hasNonNull("Detail")) {
      entry.set("Detail", Answers.text(given.get("Detail")));
    }
    ArrayNode resources = Json.array();
    given.path("Resources").forEach(resources::add);
    resources.add(work.executionArn()).add(Arns.machineOf(work.executionArn()));
    entry.set("Resources", resources);
    return entry;
  }

  @Override
  public Result result(Work work, Outcome outcome, long millis) {
    return switch (outcome) {
      case Outcome.Failed failed ->
          Answers.failure(work, failed, "EventBridge", "AmazonEventBridge");
      case Outcome.Succeeded done -> {
        ObjectNode output = Json.object();
        output.set("Entries", done.output().path("Entries"));
        output.put("FailedEntryCount", done.output().path("FailedEntryCount").asInt());
        if (output.path("FailedEntryCount").asInt() > 0) {
          yield new Result.Failure("EventBridge.FailedEntry", Json.write(output));
        }
        yield new Result.Output(output);
      }
    };
  }
}
