package dev.tutti.core.workflow.integrations;

import dev.tutti.core.asl.Resource;
import dev.tutti.core.asl.data.StatesError;
import dev.tutti.core.kernel.Outcome;
import dev.tutti.core.kernel.Request;
import java.util.EnumSet;
import java.util.Set;

/**
 * Work that nobody here can do. A definition may name it, as AWS accepts any well-formed ARN; a
 * Task that comes to it fails for good, saying so.
 */
record Unsupported() implements Integration {
  @Override
  public Set<Resource.Pattern> patterns() {
    return EnumSet.allOf(Resource.Pattern.class);
  }

  @Override
  public String lane(Work work) {
    throw refusal(work);
  }

  @Override
  public Request request(Work work) {
    throw refusal(work);
  }

  @Override
  public Result result(Work work, Outcome outcome, long millis) {
    throw refusal(work);
  }

  private static StatesError refusal(Work work) {
    return StatesError.runtime(
        "The resource '" + work.resource() + "' is not supported by this runtime.");
  }
}
