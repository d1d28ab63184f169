package dev.tutti.bench;

import dev.tutti.bench.client.Endpoint;
import dev.tutti.bench.server.ServerProcess.Launch;
import dev.tutti.bench.workload.Plan;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a bench is told.
 *
 * @param workloads their names, in order; empty for all
 * @param plan how each is run
 * @param json whether one JSON document is printed instead of a table
 * @param endpoint of a server that runs already; null to start one for each workload
 * @param data where data of servers of ours goes, a folder for each; on a disk
 * @param launch how servers are started
 */
public record Options(
    List<String> workloads,
    Plan plan,
    boolean json,
    @Nullable Endpoint endpoint,
    Path data,
    Launch launch) {
  public Options {
    workloads = List.copyOf(workloads);
  }
}
