package dev.tutti.core.workflow.integrations;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.asl.Resource;
import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.Outcome;
import dev.tutti.core.kernel.Request;
import java.util.Set;

/** {@code sns:publish}: a message to a topic. */
record Publish() implements Integration {
  /** Bytes of the XML that SNS answers with, and of the part that only FIFO topics have. */
  private static final int ANSWER = 294;

  private static final int SEQUENCE_NUMBER = 58;

  @Override
  public Set<Resource.Pattern> patterns() {
    return Set.of(Resource.Pattern.REQUEST_RESPONSE, Resource.Pattern.WAIT_FOR_TASK_TOKEN);
  }

  @Override
  public String lane(Work work) {
    return "sns/" + work.parameters().path("TopicArn").asText();
  }

  @Override
  public Request request(Work work) {
    ObjectNode input = Json.object();
    if (work.parameters() instanceof ObjectNode given) {
      input.setAll(given);
    }
    if (input.hasNonNull("Message")) {
      input.set("Message", Answers.text(input.get("Message")));
    }
    return new Request.Operation(work.context(), work.region(), "sns", "Publish", input);
  }

  @Override
  public Result result(Work work, Outcome outcome, long millis) {
    return switch (outcome) {
      case Outcome.Failed failed -> Answers.failure(work, failed, "SNS", "AmazonSNS");
      case Outcome.Succeeded done -> {
        boolean fifo = done.output().hasNonNull("SequenceNumber");
        ObjectNode output = Json.object();
        output.set("MessageId", done.output().path("MessageId"));
        Answers.describe(
            output,
            work,
            Answers.headers(work, fifo ? ANSWER + SEQUENCE_NUMBER : ANSWER, "text/xml", millis));
        if (fifo) {
          output.set("SequenceNumber", done.output().get("SequenceNumber"));
        }
        yield new Result.Output(output);
      }
    };
  }
}
