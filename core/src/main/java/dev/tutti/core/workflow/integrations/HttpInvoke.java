package dev.tutti.core.workflow.integrations;

import dev.tutti.core.asl.Resource;
import dev.tutti.core.asl.data.StatesError;
import dev.tutti.core.kernel.Outcome;
import dev.tutti.core.kernel.Request;
import java.util.Set;

/**
 * {@code http:invoke}: a request to an address outside, authorized by a connection. The secrets are
 * added where it is sent, so that no history has them.
 */
record HttpInvoke() implements Integration {
  private static final Set<String> METHODS =
      Set.of("GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD");

  @Override
  public Set<Resource.Pattern> patterns() {
    return Set.of(Resource.Pattern.REQUEST_RESPONSE);
  }

  /** All requests to one server. */
  @Override
  public String lane(Work work) {
    String address = work.parameters().path("ApiEndpoint").asText();
    int path = address.indexOf('/', address.indexOf("//") + 2);
    return "http/" + (path < 0 ? address : address.substring(0, path));
  }

  @Override
  public Request request(Work work) {
    check(work, "ApiEndpoint", work.parameters().path("ApiEndpoint").isTextual());
    check(work, "Method", METHODS.contains(work.parameters().path("Method").asText()));
    check(
        work,
        "ConnectionArn",
        work.parameters().at("/Authentication/ConnectionArn").isTextual()
            || work.parameters().at("/InvocationConfig/ConnectionArn").isTextual());
    return new Request.Operation(
        work.context(), work.region(), "http", "Invoke", work.parameters());
  }

  private static void check(Work work, String field, boolean right) {
    if (!right) {
      throw StatesError.runtime(
          "The field '%s' of the resource '%s' is missing or not valid."
              .formatted(field, work.resource()));
    }
  }

  @Override
  public Result result(Work work, Outcome outcome, long millis) {
    return switch (outcome) {
      case Outcome.Succeeded done -> new Result.Output(done.output());
      case Outcome.Failed failed -> new Result.Failure(failed.error(), failed.message());
    };
  }
}
