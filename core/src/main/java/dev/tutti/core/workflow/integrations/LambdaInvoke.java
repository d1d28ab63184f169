package dev.tutti.core.workflow.integrations;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.asl.Resource;
import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.Ids;
import dev.tutti.core.kernel.Outcome;
import dev.tutti.core.kernel.Request;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * {@code lambda:invoke}: any function, the answer with what surrounds it. A Payload that is a text
 * is taken for JSON already written, as AWS takes it; a failed function's error is written
 * compactly.
 */
record LambdaInvoke() implements Integration {
  private static final List<String> PASSED_ON =
      List.of("FunctionName", "InvocationType", "Qualifier", "ClientContext", "LogType");

  @Override
  public Set<Resource.Pattern> patterns() {
    return Set.of(Resource.Pattern.REQUEST_RESPONSE, Resource.Pattern.WAIT_FOR_TASK_TOKEN);
  }

  @Override
  public String lane(Work work) {
    return "lambda/" + work.parameters().path("FunctionName").asText();
  }

  @Override
  public Request request(Work work) {
    ObjectNode input = Json.object();
    for (String name : PASSED_ON) {
      if (work.parameters().hasNonNull(name)) {
        input.set(name, work.parameters().get(name));
      }
    }
    JsonNode payload = work.parameters().path("Payload");
    if (!payload.isMissingNode() && !payload.isNull()) {
      byte[] body = Answers.text(payload).textValue().getBytes(StandardCharsets.UTF_8);
      input.put("Payload", Base64.getEncoder().encodeToString(body));
    }
    return new Request.Operation(work.context(), work.region(), "lambda", "Invoke", input);
  }

  @Override
  public Result result(Work work, Outcome outcome, long millis) {
    Result.Failure failure = FunctionAnswer.failure(work, outcome);
    if (failure != null || !(outcome instanceof Outcome.Succeeded done)) {
      return compact(Objects.requireNonNull(failure));
    }
    byte[] payload = FunctionAnswer.payload(done.output());
    String version = done.output().path("ExecutedVersion").asText("$LATEST");
    ObjectNode output = Json.object();
    output.put("ExecutedVersion", version);
    if (done.output().hasNonNull("LogResult")) {
      output.set("LogResult", done.output().get("LogResult"));
    }
    output.set("Payload", payload.length == 0 ? Json.object() : FunctionAnswer.value(payload));
    var headers = new LinkedHashMap<String, String>();
    if (done.output().hasNonNull("LogResult")) {
      headers.put("X-Amz-Log-Result", done.output().get("LogResult").asText());
    }
    headers.put("X-Amz-Executed-Version", version);
    headers.put("x-amzn-Remapped-Content-Length", "0");
    headers.put("Connection", "keep-alive");
    headers.put("x-amzn-RequestId", work.requestId());
    headers.put("Content-Length", Integer.toString(payload.length));
    headers.put("Date", Answers.date(millis));
    headers.put(
        "X-Amzn-Trace-Id",
        "root=1-%s-%s;sampled=0"
            .formatted(Ids.hex(work.requestId(), 8), Ids.hex(work.executionArn(), 24)));
    headers.put("Content-Type", "application/json");
    Answers.describe(output, work, headers);
    output.put("StatusCode", done.output().path("StatusCode").asInt(200));
    return new Result.Output(output);
  }

  private static Result.Failure compact(Result.Failure failure) {
    JsonNode cause = FunctionAnswer.value(failure.cause().getBytes(StandardCharsets.UTF_8));
    return cause.isContainerNode()
        ? new Result.Failure(failure.error(), Json.write(cause))
        : failure;
  }
}
