package dev.tutti.core.workflow.integrations;

import dev.tutti.core.asl.Resource;
import dev.tutti.core.kernel.Ids;
import dev.tutti.core.kernel.Outcome;
import dev.tutti.core.kernel.Request;
import java.util.Set;

/**
 * {@code aws-sdk:<service>:<action>}: any operation of any service. The door knows the models, so
 * it turns the parameters into the operation's input and its output into what an SDK shows.
 */
record AwsSdk(Target target) implements Integration {
  private static final int EXTENDED_DIGITS = 64;

  @Override
  public Set<Resource.Pattern> patterns() {
    return Set.of(Resource.Pattern.REQUEST_RESPONSE, Resource.Pattern.WAIT_FOR_TASK_TOKEN);
  }

  @Override
  public String lane(Work work) {
    return target.type();
  }

  @Override
  public Request request(Work work) {
    return new Request.Operation(
        work.context(), work.region(), target.type(), target.operation(), work.parameters());
  }

  @Override
  public Result result(Work work, Outcome outcome, long millis) {
    return switch (outcome) {
      case Outcome.Succeeded done -> new Result.Output(done.output());
      case Outcome.Failed failed ->
          new Result.Failure(
              failed.service() + "." + failed.error(),
              "%s (Service: %s, Status Code: %d, Request ID: %s) (SDK Attempt Count: 1)"
                  .formatted(
                      failed.message(),
                      failed.service(),
                      failed.status(),
                      ids(failed.service(), work.requestId())));
    };
  }

  /** S3 gives each request a second id, and SDKs tell both. */
  private static String ids(String service, String requestId) {
    return service.equals("S3")
        ? requestId + ", Extended Request ID: " + Ids.hex(requestId, EXTENDED_DIGITS)
        : requestId;
  }
}
