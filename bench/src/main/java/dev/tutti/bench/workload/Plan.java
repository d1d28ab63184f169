package dev.tutti.bench.workload;

import java.time.Duration;
import java.util.List;

/**
 * How a workload is run.
 *
 * @param callers each run's number of callers
 * @param time how long each run is measured
 * @param warmUp how long a fresh server is driven before the first run
 * @param warmRequests how many requests it has to have answered by then, as far as there is
 *     patience
 * @param rules numbers of rules on a bus
 * @param sizes to which a slope's quantity grows
 * @param count how many of what is counted rather than timed: timers, items, executions
 */
public record Plan(
    List<Integer> callers,
    Duration time,
    Duration warmUp,
    int warmRequests,
    List<Integer> rules,
    List<Integer> sizes,
    int count) {
  public Plan {
    callers = List.copyOf(callers);
    rules = List.copyOf(rules);
    sizes = List.copyOf(sizes);
  }
}
