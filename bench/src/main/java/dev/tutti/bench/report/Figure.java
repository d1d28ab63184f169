package dev.tutti.bench.report;

import dev.tutti.bench.server.Cost;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * One measured run: one series at one number of callers.
 *
 * @param series workload and variant, for example {@code putevents x10 rules=1000}
 * @param unit what is counted, in the plural
 * @param callers how many, each with at most one request under way
 * @param seconds how long was measured
 * @param requests acknowledged in that time
 * @param units done in that time
 * @param latency in nanoseconds; empty where none was taken
 * @param cost processor time in that time; null where the server isn't ours
 * @param memory of the server at the end; null likewise
 * @param faults what was wrong: a figure with faults is no result
 * @param more further figures by name, which ends in their unit
 */
public record Figure(
    String series,
    String unit,
    int callers,
    double seconds,
    long requests,
    long units,
    Histogram latency,
    @Nullable Cost cost,
    @Nullable Memory memory,
    List<String> faults,
    Map<String, Double> more) {
  private static final double NANOS_PER_MILLI = 1e6;

  public Figure {
    faults = List.copyOf(faults);
  }

  /**
   * Resident memory of the server, in megabytes.
   *
   * @param now at the end of the run
   * @param peak the most it ever had
   */
  public record Memory(double now, double peak) {}

  /** The same with another latency. */
  public Figure with(Histogram other) {
    return new Figure(
        series, unit, callers, seconds, requests, units, other, cost, memory, faults, more);
  }

  /** The same with further figures. */
  public Figure with(Map<String, Double> further) {
    return new Figure(
        series, unit, callers, seconds, requests, units, latency, cost, memory, faults, further);
  }

  /** Units a second. */
  public double rate() {
    return units / seconds;
  }

  /** Acknowledged requests a second. */
  public double requestRate() {
    return requests / seconds;
  }

  /** A percentile of the latency in milliseconds; null where none was taken. */
  public @Nullable Double millis(double percentile) {
    return latency.getTotalCount() == 0
        ? null
        : latency.getValueAtPercentile(percentile) / NANOS_PER_MILLI;
  }
}
