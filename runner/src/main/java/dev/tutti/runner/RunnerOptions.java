package dev.tutti.runner;

import dev.tutti.runner.log.LogBounds;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * Bounds and surroundings of a {@link Runner}.
 *
 * @param directory for logs, the clients of the runtimes, and temporary folders; this program's own
 * @param endpointUrl given to functions as {@code AWS_ENDPOINT_URL}
 * @param initTimeout what a process may take to initialise, beside the function's timeout
 * @param executables paths that go before what is found on the machine, by runtime identifier
 *     ({@code java17}) or by kind ({@code nodejs}, {@code python}, {@code java})
 * @param logs how much of the logs is kept
 */
public record RunnerOptions(
    Path directory,
    String endpointUrl,
    ProcessBounds processes,
    Duration initTimeout,
    Map<String, Path> executables,
    LogBounds logs) {

  public RunnerOptions {
    executables = Map.copyOf(executables);
  }

  /** The standard bounds, 10 s to initialise. */
  public static RunnerOptions standard(Path directory, String endpointUrl) {
    return new RunnerOptions(
        directory,
        endpointUrl,
        ProcessBounds.standard(),
        Duration.ofSeconds(10),
        Map.of(),
        LogBounds.standard());
  }

  public RunnerOptions withProcesses(ProcessBounds others) {
    return new RunnerOptions(directory, endpointUrl, others, initTimeout, executables, logs);
  }

  public RunnerOptions withInitTimeout(Duration other) {
    return new RunnerOptions(directory, endpointUrl, processes, other, executables, logs);
  }

  public RunnerOptions withExecutables(Map<String, Path> others) {
    return new RunnerOptions(directory, endpointUrl, processes, initTimeout, others, logs);
  }

  public RunnerOptions withLogs(LogBounds others) {
    return new RunnerOptions(directory, endpointUrl, processes, initTimeout, executables, others);
  }
}
