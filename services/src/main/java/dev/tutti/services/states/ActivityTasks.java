package dev.tutti.services.states;

import dev.tutti.core.kernel.Recorded;
import dev.tutti.core.workflow.ExecutionFact;
import dev.tutti.core.workflow.Offers;
import dev.tutti.core.workflow.Offers.Change;
import dev.tutti.core.workflow.Offers.Task;
import dev.tutti.host.Reader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The Tasks that wait for workers, a queue per activity, in memory: made from the rows that offers
 * have left, and kept by following executions' facts. Each Task is handed to one who asks, who then
 * has its execution decide; what is handed out and not decided (the process ended) still has its
 * row, and is in the queue of the next process.
 */
public final class ActivityTasks {
  private static final int PAGE = 1_000;

  private final Map<String, Line> lines = new ConcurrentHashMap<>();

  /** Those who wait for one activity's Tasks, and the Tasks, the oldest first. */
  private static final class Line {
    final ReentrantLock lock = new ReentrantLock();
    final Condition offered = lock.newCondition();
    final LinkedHashSet<Task> tasks = new LinkedHashSet<>();
  }

  /** Takes in what waits according to the store, before the first fact is followed. */
  public void restore(Reader reader) {
    List<Change.Offered> found = new ArrayList<>();
    List<Reader.Row> rows = reader.rows(Offers.ROWS, List.of(), null, PAGE);
    while (!rows.isEmpty()) {
      rows.forEach(row -> found.add(Offers.of(row.key(), row.value())));
      rows = reader.rows(Offers.ROWS, List.of(), rows.getLast().key(), PAGE);
    }
    found.sort(Comparator.comparingLong(Change.Offered::atMillis));
    found.forEach(offered -> add(offered.task(), false));
  }

  /** Takes in a committed fact. */
  public void on(Recorded<ExecutionFact> recorded) {
    for (Change change : Offers.changes(recorded)) {
      switch (change) {
        case Change.Offered(Task task, long _) -> add(task, false);
        case Change.Withdrawn(Task task) -> remove(task);
      }
    }
  }

  private Line line(String activityArn) {
    return lines.computeIfAbsent(activityArn, arn -> new Line());
  }

  /** Gives back a Task that was handed out and couldn't be decided. */
  void giveBack(Task task) {
    add(task, true);
  }

  private void add(Task task, boolean first) {
    Line line = line(task.activityArn());
    line.lock.lock();
    try {
      if (first) {
        line.tasks.addFirst(task);
      } else {
        line.tasks.add(task);
      }
      line.offered.signal();
    } finally {
      line.lock.unlock();
    }
  }

  private void remove(Task task) {
    Line line = line(task.activityArn());
    line.lock.lock();
    try {
      line.tasks.remove(task);
    } finally {
      line.lock.unlock();
    }
  }

  /**
   * Takes the oldest Task, waiting for one where there is none.
   *
   * @param nanos the longest to wait
   * @return null where none came
   */
  @Nullable Task take(String activityArn, long nanos) throws InterruptedException {
    Line line = line(activityArn);
    line.lock.lockInterruptibly();
    try {
      long left = nanos;
      while (line.tasks.isEmpty()) {
        if (left <= 0) {
          return null;
        }
        left = line.offered.awaitNanos(left);
      }
      return line.tasks.removeFirst();
    } finally {
      line.lock.unlock();
    }
  }
}
