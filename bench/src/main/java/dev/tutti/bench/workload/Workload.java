package dev.tutti.bench.workload;

import dev.tutti.bench.report.Figure;
import java.io.IOException;
import java.util.function.Consumer;

/** Something a server does, that is worth a figure. */
public interface Workload {
  /** As it is asked for on the command line. */
  String name();

  /** What is done and what is counted, in a line. */
  String what();

  /**
   * Runs on a server that nothing else uses, once for each number of callers.
   *
   * @param figures takes each figure as soon as there is one
   * @throws dev.tutti.bench.client.Aws.Refused where the server doesn't speak what is needed
   */
  void run(Site site, Plan plan, Consumer<Figure> figures) throws IOException, InterruptedException;
}
