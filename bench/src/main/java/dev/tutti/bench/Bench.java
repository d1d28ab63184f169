package dev.tutti.bench;

import dev.tutti.bench.client.Aws;
import dev.tutti.bench.limit.Limits;
import dev.tutti.bench.report.Document;
import dev.tutti.bench.report.Report;
import dev.tutti.bench.report.Started;
import dev.tutti.bench.report.Table;
import dev.tutti.bench.server.Folder;
import dev.tutti.bench.server.ServerProcess;
import dev.tutti.bench.workload.Site;
import dev.tutti.bench.workload.Workload;
import dev.tutti.bench.workload.Workloads;
import dev.tutti.core.json.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/**
 * Measures: the machine's limits first, then each workload on a fresh server. Beside each figure
 * stands what the machine can do at the same number of callers: the ratio is the result.
 */
public final class Bench {
  private static final Duration MOST_FOR_A_LIMIT = Duration.ofSeconds(2);
  private static final String SLOPE = "slope";
  private static final long REST_MILLIS = 2000;

  private final Options options;
  private final PrintStream out;
  private final Table table;

  /**
   * A bench.
   *
   * @param out gets the table, or the document
   */
  public Bench(Options options, PrintStream out) {
    this.options = options;
    this.out = out;
    this.table =
        new Table(
            options.json()
                ? new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)
                : out);
  }

  /** Runs; {@link Report#isGood} says whether the server did all that it was asked. */
  public Report run() throws IOException, InterruptedException {
    try (Folder probe = Folder.fresh(options.data())) {
      if (probe.isInMemory()) {
        throw new IOException(
            options.data() + " is in memory, where an fsync costs nothing: name a disk by --data");
      }
    }
    Duration time = options.plan().time();
    Report report =
        new Report(
            Limits.measure(
                options.data(),
                options.plan().callers(),
                time.compareTo(MOST_FOR_A_LIMIT) < 0 ? time : MOST_FOR_A_LIMIT));
    table.limits(report);
    for (Workload workload : chosen()) {
      run(workload, report);
    }
    if (options.json()) {
      out.println(Json.pretty(Document.of(report)));
    }
    return report;
  }

  private List<Workload> chosen() {
    return options.workloads().isEmpty()
        ? Workloads.all()
        : options.workloads().stream().flatMap(name -> named(name).stream()).toList();
  }

  private static List<Workload> named(String name) {
    return name.equals(SLOPE)
        ? Workloads.slopes()
        : List.of(Workloads.named(name).orElseThrow(() -> unknown(name)));
  }

  private static IllegalArgumentException unknown(String name) {
    List<String> names = Workloads.all().stream().map(Workload::name).toList();
    return new IllegalArgumentException("no workload " + name + "; there are " + names);
  }

  private void run(Workload workload, Report report) throws IOException, InterruptedException {
    try (Site site = site()) {
      ServerProcess server = site.server();
      if (server != null) {
        Thread.sleep(REST_MILLIS);
        Started started = new Started(workload.name(), server.readyMillis(), server.megabytes());
        report.add(started);
        table.started(started);
      }
      workload.run(
          site,
          options.plan(),
          figure -> {
            report.add(figure);
            table.figure(report, figure);
          });
    } catch (Aws.Refused | Site.Unfit e) {
      String why = String.valueOf(e.getMessage());
      report.refuse(workload.name(), why);
      table.refused(workload.name(), why);
    }
  }

  private Site site() throws IOException, InterruptedException {
    return options.endpoint() == null
        ? Site.start(options.launch(), options.data())
        : Site.of(options.endpoint(), options.data());
  }
}
