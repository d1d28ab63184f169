package dev.tutti.bench.limit;

import dev.tutti.bench.client.Answer;
import dev.tutti.bench.client.Caller;
import dev.tutti.bench.client.Endpoint;
import dev.tutti.bench.client.Loop;
import dev.tutti.bench.client.Requests;
import dev.tutti.bench.server.Java;
import dev.tutti.core.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** HTTP round trips of an empty handler in a process of its own, by the client of all workloads. */
final class EmptyProcess implements AutoCloseable {
  private static final double NANOS = 1e9;
  private static final int MOST_TRIES = 20;
  private static final Duration WARM_UP = Duration.ofSeconds(2);

  private final Process process;
  private final Endpoint endpoint;
  private boolean warm;

  private EmptyProcess(Process process, Endpoint endpoint) {
    this.process = process;
    this.endpoint = endpoint;
  }

  static EmptyProcess start() throws IOException {
    Process process =
        new ProcessBuilder(Java.command(EmptyServer.class.getName(), List.of()))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    BufferedReader output = process.inputReader();
    String port = output.readLine();
    if (port == null) {
      throw new IOException("the empty server ended with " + process.onExit().join().exitValue());
    }
    return new EmptyProcess(process, Endpoint.local(Integer.parseInt(port)));
  }

  /** Requests of the size of a small call. */
  private static final class Asker implements Caller {
    private final byte[] request;
    private long answers;

    Asker(Endpoint endpoint) {
      request =
          new Requests(endpoint, "000000000000")
              .json(
                  Requests.Target.STATES,
                  "StartExecution",
                  Json.object().put("input", "x".repeat(200)));
    }

    @Override
    public byte[] next() {
      return request;
    }

    @Override
    public void answered(Answer answer, long sent, long now) {
      answers++;
    }
  }

  double perSecond(int callers, Duration time) throws IOException {
    List<Asker> askers = Stream.generate(() -> new Asker(endpoint)).limit(callers).toList();
    try (Loop loop = Loop.open(endpoint, askers)) {
      loop.run(warm ? time.dividedBy(4) : WARM_UP);
      warm = true;
      long before = answers(askers);
      long began = System.nanoTime();
      for (int i = 0; i < MOST_TRIES && answers(askers) == before; i++) {
        loop.run(time);
      }
      double rate = (answers(askers) - before) * NANOS / (System.nanoTime() - began);
      loop.drain(Duration.ofSeconds(10));
      return rate;
    }
  }

  private static long answers(List<Asker> askers) {
    return askers.stream().mapToLong(asker -> asker.answers).sum();
  }

  @Override
  public void close() throws IOException {
    process.getOutputStream().close();
    process.destroy();
    process.onExit().join();
  }
}
