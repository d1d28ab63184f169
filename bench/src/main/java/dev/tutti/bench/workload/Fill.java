package dev.tutti.bench.workload;

import dev.tutti.bench.client.Answer;
import dev.tutti.bench.client.Caller;
import dev.tutti.bench.client.Loop;
import java.io.IOException;
import java.time.Duration;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/** Sends a number of requests, each once, by as many callers as help. */
final class Fill {
  private static final int CALLERS = 64;
  private static final Duration SLICE = Duration.ofMillis(20);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final int count;
  private final IntFunction<byte[]> request;
  private final Tally tally = new Tally();
  private int next;

  private Fill(int count, IntFunction<byte[]> request) {
    this.count = count;
    this.request = request;
  }

  /**
   * Sends requests 0 to {@code count} - 1.
   *
   * @throws IOException where one isn't answered with success
   */
  static void with(Site site, int count, IntFunction<byte[]> request) throws IOException {
    new Fill(count, request).send(site);
  }

  private void send(Site site) throws IOException {
    var senders = Stream.generate(Sender::new).limit(Math.min(count, CALLERS)).toList();
    try (Loop loop = Loop.open(site.endpoint(), senders)) {
      while (next < count && tally.faults().isEmpty()) {
        loop.run(SLICE);
      }
      if (loop.drain(PATIENCE) > 0 || !tally.faults().isEmpty()) {
        throw new IOException("not all was taken: " + tally.faults());
      }
    }
  }

  private final class Sender implements Caller {
    @Override
    public long waitNanos(long now) {
      return next < count ? 0 : NEVER;
    }

    @Override
    public byte[] next() {
      return request.apply(next++);
    }

    @Override
    public void answered(Answer answer, long sent, long now) {
      tally.isGood(answer);
    }
  }
}
