package dev.tutti.core.functions;

import dev.tutti.core.kernel.Recorded;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/**
 * All functions, folded from their facts as these are committed: an operation reads a function's
 * configuration here without asking its shard. Readers may be many at a time; the facts of one
 * function come in order.
 */
public final class FunctionCatalogue {
  private final ConcurrentSkipListMap<String, Function> byArn = new ConcurrentSkipListMap<>();

  /** Takes in a committed fact. */
  public void on(Recorded<FunctionFact> recorded) {
    byArn.compute(
        recorded.key().id(),
        (arn, before) -> {
          Function state = before == null ? Function.blank(arn) : before;
          Function after =
              FunctionFold.apply(state, recorded.seq(), recorded.millis(), recorded.fact());
          return after.latest() == null ? null : after;
        });
  }

  /**
   * A function by its ARN without qualifier.
   *
   * @return null where there is none
   */
  public @Nullable Function function(String arn) {
    return byArn.get(arn);
  }

  /**
   * The functions of a context in a region, by name.
   *
   * @param after the ARN after which to start; empty starts at the beginning
   */
  public List<Function> functions(String context, String region, String after, int limit) {
    String prefix = "arn:aws:lambda:" + region + ':' + context + ":function:";
    String from = after.compareTo(prefix) > 0 ? after : prefix;
    return byArn.tailMap(from, false).values().stream()
        .takeWhile(function -> function.arn().startsWith(prefix))
        .limit(limit)
        .toList();
  }
}
