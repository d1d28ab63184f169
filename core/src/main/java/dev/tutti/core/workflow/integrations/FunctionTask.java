package dev.tutti.core.workflow.integrations;

import dev.tutti.core.asl.Resource;
import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.Outcome;
import dev.tutti.core.kernel.Request;
import java.util.Base64;
import java.util.Set;

/**
 * A Resource that is a function's ARN: its event is the Task's parameters, its answer the result.
 */
record FunctionTask() implements Integration {
  @Override
  public Set<Resource.Pattern> patterns() {
    return Set.of(Resource.Pattern.REQUEST_RESPONSE);
  }

  @Override
  public String lane(Work work) {
    return work.resource();
  }

  @Override
  public Request request(Work work) {
    var input = Json.object();
    input.put("FunctionName", work.resource());
    input.put("InvocationType", "RequestResponse");
    input.put("Payload", Base64.getEncoder().encodeToString(Json.bytes(work.parameters())));
    return new Request.Operation(work.context(), work.region(), "lambda", "Invoke", input);
  }

  @Override
  public Result result(Work work, Outcome outcome, long millis) {
    Result.Failure failure = FunctionAnswer.failure(work, outcome);
    if (failure != null || !(outcome instanceof Outcome.Succeeded done)) {
      return java.util.Objects.requireNonNull(failure);
    }
    return new Result.Output(FunctionAnswer.value(FunctionAnswer.payload(done.output())));
  }
}
