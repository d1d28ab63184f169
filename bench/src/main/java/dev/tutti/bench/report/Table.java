package dev.tutti.bench.report;

import dev.tutti.bench.server.Cost;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A report for people. */
public final class Table {
  private final PrintStream out;

  public Table(PrintStream out) {
    this.out = out;
  }

  /** The machine's own limits. */
  public void limits(Report report) {
    out.printf(Locale.ROOT, "fsync of 4 KiB, one thread: %.0f/s%n%n", report.limits().fsyncs());
    row(
        "",
        "callers",
        "a second",
        "of",
        "p50 ms",
        "p99 ms",
        "p99.9",
        "server",
        "client",
        "functs",
        "stolen",
        "RSS MB",
        "commits",
        "ratio",
        "HTTP",
        "ratio");
    out.println(" ".repeat(89) + "| CPU, microseconds each");
  }

  /** A server before the load. */
  public void started(Started started) {
    out.printf(
        Locale.ROOT,
        "%s: first answer after %.0f ms, %.0f MB at rest%n",
        started.workload(),
        started.readyMillis(),
        started.restMegabytes());
  }

  /** One run. */
  public void figure(Report report, Figure figure) {
    Cost cost = figure.cost();
    Figure.Memory memory = figure.memory();
    row(
        figure.series(),
        Integer.toString(figure.callers()),
        number(figure.rate(), "%.0f"),
        figure.unit(),
        number(figure.millis(50), "%.3f"),
        number(figure.millis(99), "%.3f"),
        number(figure.millis(99.9), "%.3f"),
        each(cost == null ? null : cost.server(), figure),
        each(cost == null ? null : cost.client(), figure),
        each(cost == null ? null : cost.functions(), figure),
        cost == null ? "-" : String.format(Locale.ROOT, "%.0f %%", 100 * cost.stolenShare()),
        number(memory == null ? null : memory.now(), "%.0f"),
        number(report.limits().commits().get(figure.callers()), "%.0f"),
        number(report.ofCommits(figure), "%.2f"),
        number(report.limits().roundTrips().get(figure.callers()), "%.0f"),
        number(report.ofRoundTrips(figure), "%.2f"));
    for (Map.Entry<String, Double> more : figure.more().entrySet()) {
      out.printf(Locale.ROOT, "%38s %10.2f %s%n", "", more.getValue(), more.getKey());
    }
    figure.faults().forEach(fault -> out.printf("  WRONG: %s%n", fault));
  }

  /** A workload that didn't run. */
  public void refused(String workload, String why) {
    out.printf("%-30s NOT RUN: %s%n", workload, why);
  }

  private void row(Object... cells) {
    out.printf(
        "%-30s %7s %10s %-11s %8s %8s %8s | %7s %7s %7s | %6s | %7s | %8s %6s | %8s %6s%n", cells);
  }

  private static String each(@Nullable Long micros, Figure figure) {
    return micros == null || figure.units() == 0
        ? "-"
        : String.format(Locale.ROOT, "%.1f", (double) micros / figure.units());
  }

  private static String number(@Nullable Double value, String format) {
    return value == null ? "-" : String.format(Locale.ROOT, format, value);
  }
}
