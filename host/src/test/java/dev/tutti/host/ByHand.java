package dev.tutti.host;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Drives an engine on the test's own thread: nothing happens until the test asks for it. */
final class ByHand implements Drive {
  private final List<Part> parts = new ArrayList<>();
  private final Deque<Supplier<Runnable>> calls = new ArrayDeque<>();

  @Override
  public void keep(Part part) {
    parts.add(part);
  }

  @Override
  public void perform(Supplier<Runnable> call) {
    calls.add(call);
  }

  @Override
  public <T> T await(CompletableFuture<T> answer) {
    shards();
    return answer.join();
  }

  /** Lets the shards do what there is to do. */
  void shards() {
    parts.stream().filter(part -> part.name().startsWith("shard")).forEach(Part::step);
  }

  /** Lets the lanes send probes and end what waited too long. */
  void lanes() {
    parts.stream().filter(part -> part.name().equals("lanes")).forEach(Part::step);
  }

  /** When the first part has something to do, epoch milliseconds. */
  long dueMillis() {
    return parts.stream().mapToLong(Part::dueMillis).min().orElse(Long.MAX_VALUE);
  }

  boolean hasCall() {
    return !calls.isEmpty();
  }

  /** Lets the timers hand out what is due. */
  void timers() {
    parts.stream().filter(part -> part.name().equals("timers")).forEach(Part::step);
  }

  /** Performs the call that waits longest; what it returns hands the outcome over. */
  Runnable call() {
    return calls.remove().get();
  }

  @Override
  public void rest() {
    calls.clear();
  }

  @Override
  public void close() {
    parts.clear();
  }
}
