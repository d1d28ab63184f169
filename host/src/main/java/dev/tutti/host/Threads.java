package dev.tutti.host;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A platform thread for each part, a virtual thread for each call. Where one of them ends by a
 * failure that nobody expects, nobody knows what is left undone, and the engine has failed.
 */
final class Threads implements Drive {
  private static final Logger LOG = LoggerFactory.getLogger(Threads.class);
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Consumer<Throwable> onFailure;
  private final List<Part> parts = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private final ExecutorService calls =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("tutti-call-", 0).factory());

  Threads(Consumer<Throwable> onFailure) {
    this.onFailure = onFailure;
  }

  @Override
  public void keep(Part part) {
    parts.add(part);
    threads.add(Thread.ofPlatform().name("tutti-" + part.name()).start(() -> run(part)));
  }

  private void run(Part part) {
    try {
      while (part.await()) {
        part.step();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Throwable fatal) {
      fail(part.name(), fatal);
    }
  }

  private void fail(String what, Throwable fatal) {
    LOG.error("{} ended by a failure", what, fatal);
    onFailure.accept(fatal);
  }

  @Override
  public void perform(Supplier<Runnable> call) {
    calls.execute(() -> {
      try {
        call.get().run();
      } catch (Throwable fatal) {
        if (calls.isShutdown()) {
          LOG.warn("a call that was broken off ended by a failure", fatal);
        } else {
          fail("a call", fatal);
        }
      }
    });
  }

  @Override
  public <T> T await(CompletableFuture<T> answer) {
    return answer.join();
  }

  @Override
  public void rest() {
    if (calls.isShutdown()) {
      return;
    }
    calls.shutdown();
    try {
      if (!calls.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        calls.shutdownNow();
      }
    } catch (InterruptedException e) {
      calls.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    rest();
    parts.forEach(Part::stop);
    try {
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
