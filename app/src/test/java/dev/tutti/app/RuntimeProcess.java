package dev.tutti.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;

/** A runtime in a process of its own, which can be killed. */
final class RuntimeProcess implements AutoCloseable {
  private final Process process;
  private final int port;

  private RuntimeProcess(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Starts {@code tutti up [folder]} and returns without waiting. */
  static RuntimeProcess start(Path data, int port, List<String> folder) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx512m");
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("--sun-misc-unsafe-memory-access=allow");
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(Main.class.getName());
    command.add("up");
    command.addAll(folder);
    command.addAll(List.of("--data", data.toString(), "--port", Integer.toString(port)));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(
                ProcessBuilder.Redirect.appendTo(data.resolveSibling("runtime.log").toFile()))
            .start();
    return new RuntimeProcess(process, port);
  }

  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until it answers. */
  RuntimeProcess awaitHealth() {
    Awaitility.await("the runtime on port " + port)
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(100))
        .until(this::isHealthy);
    return this;
  }

  private boolean isHealthy() throws InterruptedException {
    if (!process.isAlive()) {
      throw new IllegalStateException("the runtime ended with " + process.exitValue());
    }
    try (HttpClient client = HttpClient.newHttpClient()) {
      URI health = URI.create("http://127.0.0.1:" + port + "/health");
      return client
              .send(HttpRequest.newBuilder(health).build(), BodyHandlers.discarding())
              .statusCode()
          == 200;
    } catch (IOException e) {
      return false;
    }
  }

  /** {@code kill -9}; returns when it is gone. */
  void kill() {
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
