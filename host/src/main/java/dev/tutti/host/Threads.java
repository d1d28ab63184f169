package dev.tutti.host;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** A platform thread for each part, a virtual thread for each call. */
final class Threads implements Drive {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final List<Part> parts = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private final ExecutorService calls =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("tutti-call-", 0).factory());

  @Override
  public void keep(Part part) {
    parts.add(part);
    threads.add(Thread.ofPlatform().name("tutti-" + part.name()).start(() -> run(part)));
  }

  private static void run(Part part) {
    try {
      while (part.await()) {
        part.step();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void perform(Supplier<Runnable> call) {
    calls.execute(() -> call.get().run());
  }

  @Override
  public <T> T await(CompletableFuture<T> answer) {
    return answer.join();
  }

  @Override
  public void close() {
    try {
      calls.shutdown();
      if (!calls.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        calls.shutdownNow();
      }
      parts.forEach(Part::stop);
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException e) {
      calls.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
