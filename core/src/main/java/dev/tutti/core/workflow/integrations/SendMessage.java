package dev.tutti.core.workflow.integrations;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.asl.Resource;
import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.Outcome;
import dev.tutti.core.kernel.Request;
import java.util.Set;

/** {@code sqs:sendMessage}: a message to a queue. */
record SendMessage() implements Integration {
  @Override
  public Set<Resource.Pattern> patterns() {
    return Set.of(Resource.Pattern.REQUEST_RESPONSE, Resource.Pattern.WAIT_FOR_TASK_TOKEN);
  }

  @Override
  public String lane(Work work) {
    return "sqs/" + work.parameters().path("QueueUrl").asText();
  }

  @Override
  public Request request(Work work) {
    ObjectNode input = Json.object();
    if (work.parameters() instanceof ObjectNode given) {
      input.setAll(given);
    }
    if (input.hasNonNull("MessageBody")) {
      input.set("MessageBody", Answers.text(input.get("MessageBody")));
    }
    return new Request.Operation(work.context(), work.region(), "sqs", "SendMessage", input);
  }

  @Override
  public Result result(Work work, Outcome outcome, long millis) {
    return switch (outcome) {
      case Outcome.Failed failed -> Answers.failure(work, failed, "SQS", "AmazonSQS");
      case Outcome.Succeeded done -> {
        ObjectNode output = Json.object();
        if (done.output() instanceof ObjectNode answer) {
          output.setAll(answer);
        }
        Answers.describe(
            output,
            work,
            Answers.headers(
                work, Json.bytes(done.output()).length, "application/x-amz-json-1.0", millis));
        yield new Result.Output(output);
      }
    };
  }
}
