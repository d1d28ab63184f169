package dev.tutti.torture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A runtime in a process of its own. */
final class Victim implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final long POLL_MILLIS = 20;

  private final Process process;
  private final Caller caller;
  private final Thread reaper;

  private Victim(Process process, int port) {
    this.process = process;
    this.caller = new Caller(port);
    this.reaper = new Thread(process::destroyForcibly);
    Runtime.getRuntime().addShutdownHook(reaper);
  }

  /**
   * Starts a runtime and doesn't wait.
   *
   * @param command what runs {@code tutti}
   * @param arguments after {@code up}
   * @param log where its output goes
   */
  static Victim start(
      List<String> command,
      List<String> arguments,
      Path data,
      int port,
      Map<String, String> environment,
      Path log) {
    List<String> line = new ArrayList<>(command);
    line.add("up");
    line.addAll(arguments);
    line.addAll(List.of("--data", data.toString(), "--port", Integer.toString(port)));
    ProcessBuilder builder =
        new ProcessBuilder(line)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().putAll(environment);
    try {
      return new Victim(builder.start(), port);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  long pid() {
    return process.pid();
  }

  /**
   * Waits until it answers.
   *
   * @return whether it does; false where it ended
   */
  boolean awaitReady() throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (process.isAlive()) {
      if (caller.isHealthy()) {
        return true;
      }
      if (System.nanoTime() > deadline) {
        throw new Violation("I25: the runtime doesn't answer within " + PATIENCE);
      }
      Thread.sleep(POLL_MILLIS);
    }
    return false;
  }

  /** How many files, sockets and pipes it has open. */
  int descriptors() {
    try (var open = Files.list(Path.of("/proc/" + process.pid() + "/fd"))) {
      return (int) open.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How many functions' processes it has. */
  int processes() {
    return (int) process.descendants().count();
  }

  /** Waits until it has ended by itself; returns whether it has. */
  boolean awaitEnd(Duration patience) throws InterruptedException {
    return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** How it ended: 128 and the signal's number where it was killed. */
  int exitValue() {
    return process.exitValue();
  }

  /** {@code kill -9}; returns when it is gone. */
  void kill() {
    process.destroyForcibly();
    process.onExit().join();
  }

  /** {@code kill -15}; returns when it is gone. */
  void stop() {
    process.destroy();
    process.onExit().join();
  }

  @Override
  public void close() {
    kill();
    caller.close();
    try {
      Runtime.getRuntime().removeShutdownHook(reaper);
    } catch (IllegalStateException shuttingDown) {
      // The hook is running, and does what this would have done.
      return;
    }
  }
}
