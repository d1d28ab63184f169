package dev.tutti.host;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Virtual time, and all that happens in it: one thread, one order.
 *
 * <p>A step takes one of the things that could happen now (a part of an engine has something to do,
 * a call is to be performed, an outcome comes in, something planned is due) and does it; where
 * nothing could, the clock goes on to the next time at which something can. While a call waits for
 * an answer, only the engine's parts go on.
 */
public final class VirtualTime {
  private final NavigableSet<Task> outside = new TreeSet<>(Task.ORDER);
  private final NavigableSet<Task> inside = new TreeSet<>(Task.ORDER);
  private final List<Part> parts = new ArrayList<>();
  private final Course course;
  private long now;
  private long tasks;

  /**
   * What becomes of the outcome of a call.
   *
   * @param delayMillis until it is handed over
   * @param againMillis until it is handed over a second time, after the first; below 0 for never
   * @param lost whether it is never handed over
   */
  public record Fate(long delayMillis, long againMillis, boolean lost) {
    /** It is handed over at once. */
    public static final Fate PLAIN = new Fate(0, -1, false);
  }

  /** Decides what isn't decided by time. */
  public interface Course {
    /** Everything takes no time, and happens in the order in which it was asked for. */
    Course PLAIN = new Course() {};

    /**
     * Which of several things that could happen now does.
     *
     * @param ready how many, at least 1
     * @return from 0
     */
    default int pick(int ready) {
      return 0;
    }

    /** How long a call is under way before it is performed. */
    default long latencyMillis() {
      return 0;
    }

    /** What becomes of the outcome of the call that was just performed. */
    default Fate fate() {
      return Fate.PLAIN;
    }

    /** Told before a call is performed. */
    default void performing() {}

    /** Told after each thing that happened; what it throws breaks off the step. */
    default void happened() {}
  }

  private record Task(long atMillis, long number, Runnable work) {
    static final Comparator<Task> ORDER =
        Comparator.comparingLong(Task::atMillis).thenComparingLong(Task::number);
  }

  /**
   * A time in which nothing has happened yet.
   *
   * @param startMillis epoch milliseconds
   */
  public VirtualTime(long startMillis, Course course) {
    this.now = startMillis;
    this.course = course;
  }

  /** Epoch milliseconds. */
  public long now() {
    return now;
  }

  /** Lets the clock jump, whatever is due in between. */
  public void jump(long millis) {
    now += millis;
  }

  /** Does something later, whatever happens to the engine. */
  public void later(long delayMillis, Runnable work) {
    outside.add(new Task(now + delayMillis, tasks++, work));
  }

  /** What drives a new engine; the one before is gone, with all that it was doing. */
  public Drive drive() {
    parts.clear();
    inside.clear();
    return new OneThread();
  }

  /**
   * Does one thing.
   *
   * @return false where nothing will ever happen any more
   */
  public boolean step() {
    if (doOne(true)) {
      return true;
    }
    long next = next();
    if (next == Long.MAX_VALUE) {
      return false;
    }
    now = Math.max(now, next);
    return doOne(true);
  }

  /** Whether something will happen beside what stands on its own and never ends. */
  public boolean awaits() {
    return !inside.isEmpty()
        || !outside.isEmpty()
        || parts.stream().anyMatch(part -> part.awaitedMillis() != Long.MAX_VALUE);
  }

  /** When something can happen next, epoch milliseconds; {@link Long#MAX_VALUE} for never. */
  public long next() {
    long next = Long.MAX_VALUE;
    for (Part part : parts) {
      next = Math.min(next, part.dueMillis());
    }
    next = inside.isEmpty() ? next : Math.min(next, inside.first().atMillis());
    return outside.isEmpty() ? next : Math.min(next, outside.first().atMillis());
  }

  private boolean doOne(boolean tasksToo) {
    List<Part> due = new ArrayList<>(parts.size());
    for (Part part : parts) {
      if (part.dueMillis() <= now) {
        due.add(part);
      }
    }
    int within = tasksToo ? due(inside) : 0;
    int ready = due.size() + within + (tasksToo ? due(outside) : 0);
    if (ready == 0) {
      return false;
    }
    int picked = course.pick(ready);
    if (picked < due.size()) {
      due.get(picked).step();
    } else if (picked < due.size() + within) {
      take(inside, picked - due.size());
    } else {
      take(outside, picked - due.size() - within);
    }
    course.happened();
    return true;
  }

  /** How many tasks are due. */
  private int due(NavigableSet<Task> tasks) {
    int due = 0;
    for (Task task : tasks) {
      if (task.atMillis() > now) {
        break;
      }
      due++;
    }
    return due;
  }

  private static void take(NavigableSet<Task> tasks, int number) {
    Iterator<Task> each = tasks.iterator();
    for (int i = 0; i < number; i++) {
      each.next();
    }
    Task task = each.next();
    each.remove();
    task.work().run();
  }

  private final class OneThread implements Drive {
    @Override
    public void keep(Part part) {
      parts.add(part);
    }

    @Override
    public void perform(Supplier<Runnable> call) {
      within(course.latencyMillis(), () -> outcome(call));
    }

    private void outcome(Supplier<Runnable> call) {
      course.performing();
      Runnable handOver = call.get();
      Fate fate = course.fate();
      if (fate.lost()) {
        return;
      }
      within(fate.delayMillis(), handOver);
      if (fate.againMillis() >= 0) {
        within(fate.delayMillis() + fate.againMillis(), handOver);
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
    public void rest() {
      inside.clear();
    }

    @Override
    public void close() {
      rest();
      parts.clear();
    }
  }
}
