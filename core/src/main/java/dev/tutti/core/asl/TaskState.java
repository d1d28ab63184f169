package dev.tutti.core.asl;

import dev.tutti.core.asl.data.Amount;
import dev.tutti.core.asl.data.DataFlow;
import dev.tutti.core.asl.data.PayloadTemplate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Has work done elsewhere.
 *
 * @param timeoutSeconds null for none stated
 * @param heartbeatSeconds null for none stated
 * @param credentials the Credentials template, null for none
 */
public record TaskState(
    String name,
    @Nullable String comment,
    DataFlow data,
    Resource resource,
    @Nullable Amount timeoutSeconds,
    @Nullable Amount heartbeatSeconds,
    @Nullable PayloadTemplate credentials,
    List<Retrier> retriers,
    List<Catcher> catchers,
    Transition transition)
    implements State {
  public TaskState {
    retriers = List.copyOf(retriers);
    catchers = List.copyOf(catchers);
  }
}
