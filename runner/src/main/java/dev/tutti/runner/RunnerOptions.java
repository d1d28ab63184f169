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
 * @param maxProcesses how many processes there may be, busy and idle
 * @param maxWaiting how many invocations may wait for a process; over it they are throttled
 * @param maxWait how long one may wait before it is throttled
 * @param idle how long an idle process is kept
 * @param initTimeout what a process may take to initialise, beside the function's timeout
 * @param executables paths that go before what is found on the machine, by runtime identifier
 *     ({@code java17}) or by kind ({@code nodejs}, {@code python}, {@code java})
 * @param secretAccessKeys the secret key for an account's functions, by account; the account number
 *     itself where there is none
 * @param logs how much of the logs is kept
 */
public record RunnerOptions(
    Path directory,
    String endpointUrl,
    int maxProcesses,
    int maxWaiting,
    Duration maxWait,
    Duration idle,
    Duration initTimeout,
    Map<String, Path> executables,
    Map<String, String> secretAccessKeys,
    LogBounds logs) {

  public RunnerOptions {
    executables = Map.copyOf(executables);
    secretAccessKeys = Map.copyOf(secretAccessKeys);
    if (maxProcesses < 1 || maxWaiting < 0) {
      throw new IllegalArgumentException("at least one process, and no fewer than 0 waiting");
    }
  }

  /**
   * 16 processes a core and at least 32, 10,000 waiting for 60 s, 5 min idle, 10 s to initialise.
   */
  public static RunnerOptions standard(Path directory, String endpointUrl) {
    return new RunnerOptions(
        directory,
        endpointUrl,
        Math.max(32, 16 * Runtime.getRuntime().availableProcessors()),
        10_000,
        Duration.ofSeconds(60),
        Duration.ofMinutes(5),
        Duration.ofSeconds(10),
        Map.of(),
        Map.of(),
        LogBounds.standard());
  }

  public RunnerOptions withProcesses(int maxProcesses, int maxWaiting, Duration maxWait) {
    return new RunnerOptions(
        directory,
        endpointUrl,
        maxProcesses,
        maxWaiting,
        maxWait,
        idle,
        initTimeout,
        executables,
        secretAccessKeys,
        logs);
  }

  public RunnerOptions withIdle(Duration idle) {
    return new RunnerOptions(
        directory,
        endpointUrl,
        maxProcesses,
        maxWaiting,
        maxWait,
        idle,
        initTimeout,
        executables,
        secretAccessKeys,
        logs);
  }

  public RunnerOptions withInitTimeout(Duration initTimeout) {
    return new RunnerOptions(
        directory,
        endpointUrl,
        maxProcesses,
        maxWaiting,
        maxWait,
        idle,
        initTimeout,
        executables,
        secretAccessKeys,
        logs);
  }

  public RunnerOptions withExecutables(Map<String, Path> executables) {
    return new RunnerOptions(
        directory,
        endpointUrl,
        maxProcesses,
        maxWaiting,
        maxWait,
        idle,
        initTimeout,
        executables,
        secretAccessKeys,
        logs);
  }

  public RunnerOptions withSecretAccessKeys(Map<String, String> secretAccessKeys) {
    return new RunnerOptions(
        directory,
        endpointUrl,
        maxProcesses,
        maxWaiting,
        maxWait,
        idle,
        initTimeout,
        executables,
        secretAccessKeys,
        logs);
  }

  public RunnerOptions withLogs(LogBounds logs) {
    return new RunnerOptions(
        directory,
        endpointUrl,
        maxProcesses,
        maxWaiting,
        maxWait,
        idle,
        initTimeout,
        executables,
        secretAccessKeys,
        logs);
  }
}
