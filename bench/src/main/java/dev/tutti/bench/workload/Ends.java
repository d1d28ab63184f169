package dev.tutti.bench.workload;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.bench.client.Aws;
import dev.tutti.core.json.Json;
import java.io.IOException;
import java.time.Duration;

/**
 * Looks whether all executions of a machine have come to an end.
 *
 * @param machine its ARN
 */
record Ends(Site site, String machine) {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final long PAUSE_MILLIS = 100;

  /** Waits until none runs any more; notes where some run on. */
  void check(Tally tally) throws IOException {
    check(tally, PATIENCE);
  }

  void check(Tally tally, Duration patience) throws IOException {
    try (Aws aws = site.aws()) {
      long until = System.nanoTime() + patience.toNanos();
      while (!list(aws, "RUNNING").isEmpty()) {
        if (System.nanoTime() > until) {
          tally.fault("executions still run: " + list(aws, "RUNNING").path(0));
          break;
        }
        pause();
      }
    }
  }

  private JsonNode list(Aws aws, String status) throws IOException {
    return aws.states(
            "ListExecutions",
            Json.object()
                .put("stateMachineArn", machine)
                .put("statusFilter", status)
                .put("maxResults", 1))
        .path("executions");
  }

  static void pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
