package dev.tutti.simulate;

import dev.tutti.host.Drive;
import dev.tutti.host.Part;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Virtual time, and all that happens in it: one thread, one order, from one seed.
 *
 * <p>A step takes one of the things that could happen now (a part of the engine has something to
 * do, a call is to be performed, an outcome comes in, a client acts) and does it; where nothing
 * could, the clock goes on to the next time at which something can. While a call or a client waits
 * for an answer, only the engine's parts go on.
 */
final class World {
  private static final int CALL_LATENCY_MILLIS = 20;
  private static final long START_MILLIS = 1_767_225_600_000L;

  private final SplittableRandom random;
  private final NavigableSet<Task> outside = new TreeSet<>(Task.ORDER);
  private final NavigableSet<Task> inside = new TreeSet<>(Task.ORDER);
  private final List<Part> parts = new ArrayList<>();
  private final List<Scenario.Jump> jumps;
  private long now = START_MILLIS;
  private long tasks;
  private int steps;
  private boolean crashed;
  private Fate fate = Fate.PLAIN;

  /**
   * What becomes of the outcome of the call that is being performed.
   *
   * @param delayMillis until it is handed over
   * @param again whether it is handed over twice
   * @param lost whether it is never handed over
   */
  record Fate(long delayMillis, boolean again, boolean lost) {
    static final Fate PLAIN = new Fate(0, false, false);
  }

  private record Task(long atMillis, long number, Runnable work) {
    static final Comparator<Task> ORDER =
        Comparator.comparingLong(Task::atMillis).thenComparingLong(Task::number);
  }

  World(SplittableRandom random, List<Scenario.Jump> jumps) {
    this.random = random;
    this.jumps = jumps;
  }

  long now() {
    return now;
  }

  int steps() {
    return steps;
  }

  SplittableRandom random() {
    return random;
  }

  boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  /** Does something later, whatever happens to the engine. */
  void later(long delayMillis, Runnable work) {
    outside.add(new Task(now + delayMillis, tasks++, work));
  }

  /** Decides what becomes of the outcome of the call that is being performed. */
  void fate(Fate decided) {
    fate = decided;
  }

  /** The process dies: nothing that it does after this counts. */
  void crash() {
    crashed = true;
  }

  /** What drives a new process; the one before is gone, with all that it was doing. */
  Drive process() {
    parts.clear();
    inside.clear();
    crashed = false;
    return new OneThread();
  }

  /**
   * Does one thing.
   *
   * @return false where nothing will ever happen any more
   * @throws Crashed where the process died of it
   */
  boolean step() {
    steps++;
    jumps.stream().filter(jump -> jump.step() == steps).forEach(jump -> now += jump.millis());
    if (!doOne(true)) {
      long next = next();
      if (next == Long.MAX_VALUE) {
        return false;
      }
      now = Math.max(now, next);
      return doOne(true);
    }
    return true;
  }

  private long next() {
    long next = Long.MAX_VALUE;
    for (Part part : parts) {
      next = Math.min(next, part.dueMillis());
    }
    next = inside.isEmpty() ? next : Math.min(next, inside.first().atMillis());
    return outside.isEmpty() ? next : Math.min(next, outside.first().atMillis());
  }

  private boolean doOne(boolean tasksToo) {
    List<Runnable> ready = new ArrayList<>();
    for (Part part : parts) {
      if (part.dueMillis() <= now) {
        ready.add(part::step);
      }
    }
    if (tasksToo) {
      addDue(inside, ready);
      addDue(outside, ready);
    }
    if (ready.isEmpty()) {
      return false;
    }
    ready.get(random.nextInt(ready.size())).run();
    if (crashed) {
      throw new Crashed();
    }
    return true;
  }

  private void addDue(NavigableSet<Task> from, List<Runnable> ready) {
    for (Task task : from) {
      if (task.atMillis() > now) {
        return;
      }
      ready.add(() -> {
        from.remove(task);
        task.work().run();
      });
    }
  }

  private final class OneThread implements Drive {
    @Override
    public void keep(Part part) {
      parts.add(part);
    }

    @Override
    public void perform(Supplier<Runnable> call) {
      within(random.nextInt(CALL_LATENCY_MILLIS), () -> outcome(call));
    }

    private void outcome(Supplier<Runnable> call) {
      fate = Fate.PLAIN;
      Runnable handOver = call.get();
      Fate decided = fate;
      if (decided.lost()) {
        return;
      }
      within(decided.delayMillis(), handOver);
      if (decided.again()) {
        within(decided.delayMillis() + random.nextInt(1000), handOver);
      }
    }

    private void within(long delayMillis, Runnable work) {
      inside.add(new Task(now + delayMillis, tasks++, work));
    }

    @Override
    public <T> T await(CompletableFuture<T> answer) {
      while (!answer.isDone()) {
        if (!doOne(false)) {
          throw new IllegalStateException("nothing will ever answer");
        }
      }
      return answer.join();
    }

    @Override
    public void close() {
      parts.clear();
      inside.clear();
    }
  }
}
