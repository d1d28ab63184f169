package dev.tutti.bench.workload;

import dev.tutti.bench.client.Answer;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * What the callers of a run count, on the one thread of their loop. Outside the measured time only
 * faults count.
 */
final class Tally {
  private static final int DIGITS = 3;
  private static final int MOST_FAULTS = 5;

  private final Histogram latency = new Histogram(DIGITS);
  private final List<String> faults = new ArrayList<>();
  private boolean open;
  private long requests;
  private long units;
  private long faulty;

  void open() {
    open = true;
  }

  void close() {
    open = false;
  }

  /** Counts an acknowledged request. */
  void request() {
    if (open) {
      requests++;
    }
  }

  /** Counts what is done. */
  void done(long count, long latencyNanos) {
    if (open) {
      units += count;
      latency.recordValue(Math.max(0, latencyNanos));
    }
  }

  /** Notes what went wrong, whenever it does. */
  void fault(String what) {
    faulty++;
    if (faults.size() < MOST_FAULTS) {
      faults.add(what);
    }
  }

  /** Whether an answer is one of success; notes it where it isn't. */
  boolean isGood(Answer answer) {
    if (!answer.isGood()) {
      fault(answer.excerpt());
    }
    return answer.isGood();
  }

  long requests() {
    return requests;
  }

  long units() {
    return units;
  }

  Histogram latency() {
    return latency;
  }

  List<String> faults() {
    if (faulty > faults.size()) {
      List<String> all = new ArrayList<>(faults);
      all.add("and " + (faulty - faults.size()) + " more");
      return all;
    }
    return List.copyOf(faults);
  }
}
