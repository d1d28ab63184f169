package dev.tutti.bench.server;

import dev.tutti.bench.client.Connection;
import dev.tutti.bench.client.Endpoint;
import dev.tutti.bench.client.Requests;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** The server under measure: a process of its own on a data directory. */
public final class ServerProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final int LAST_LINES = 15;
  private static final double NANOS_PER_MILLI = 1e6;

  private final Process process;
  private final Endpoint endpoint;
  private final double readyMillis;

  private ServerProcess(Process process, Endpoint endpoint, double readyMillis) {
    this.process = process;
    this.endpoint = endpoint;
    this.readyMillis = readyMillis;
  }

  /**
   * How servers are started.
   *
   * @param mainClass understands {@code up --data DIR --port PORT}
   * @param options of its JVM
   */
  public record Launch(String mainClass, List<String> options) {
    public Launch {
      options = List.copyOf(options);
    }
  }

  /** Starts a server; returns when it has given its first answer. */
  public static ServerProcess start(Launch launch, Path data)
      throws IOException, InterruptedException {
    int port = freePort();
    Path log = data.resolveSibling(data.getFileName() + ".log");
    List<String> arguments =
        List.of("up", "--data", data.toString(), "--port", Integer.toString(port));
    long began = System.nanoTime();
    Process process =
        new ProcessBuilder(Java.command(launch.options(), launch.mainClass(), arguments))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    Runtime.getRuntime()
        .addShutdownHook(new Thread(process::destroyForcibly)); // none is left behind
    Endpoint endpoint = Endpoint.local(port);
    boolean ready = false;
    try {
      while (!answers(endpoint)) {
        if (!process.isAlive() || System.nanoTime() - began > PATIENCE.toNanos()) {
          throw new IOException("the server didn't start:\n" + end(log));
        }
        Thread.sleep(2);
      }
      ready = true;
    } finally {
      if (!ready) {
        process.destroyForcibly();
        process.onExit().join();
      }
    }
    double millis = (System.nanoTime() - began) / NANOS_PER_MILLI;
    return new ServerProcess(process, endpoint, millis);
  }

  /** It may refuse, or hang up: it tries its port before it listens. */
  private static boolean answers(Endpoint endpoint) {
    try (Connection connection = Connection.open(endpoint)) {
      return connection.send(Requests.get(endpoint, "/health")).isGood();
    } catch (IOException e) {
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static String end(Path log) throws IOException {
    List<String> lines = Files.readAllLines(log);
    return lines.stream()
        .skip(Math.max(0, lines.size() - LAST_LINES))
        .collect(Collectors.joining("\n"));
  }

  public Endpoint endpoint() {
    return endpoint;
  }

  /** From starting the process to its first answer. */
  public double readyMillis() {
    return readyMillis;
  }

  /** Resident memory now. */
  public double megabytes() {
    return Proc.megabytes(process.pid(), "VmRSS");
  }

  /** The most resident memory it ever had. */
  public double peakMegabytes() {
    return Proc.megabytes(process.pid(), "VmHWM");
  }

  /** Processor time of it, of its functions and of this process. */
  public Cost cost() {
    Proc.Machine machine = Proc.machine();
    return new Cost(
        Proc.cpuMicros(process.pid()),
        process.descendants().mapToLong(child -> Proc.cpuMicros(child.pid())).sum()
            + Proc.endedCpuMicros(process.pid()),
        Proc.cpuMicros(ProcessHandle.current().pid()),
        machine.stolenMicros(),
        machine.allMicros());
  }

  /** {@code kill -9}; returns when it is gone. */
  public void kill() {
    process.destroyForcibly();
    process.onExit().join();
  }

  /** {@code kill -15}; returns when it is gone. */
  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
