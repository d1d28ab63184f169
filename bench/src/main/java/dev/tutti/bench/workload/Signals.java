package dev.tutti.bench.workload;

import dev.tutti.bench.client.Loop;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/**
 * Brings what functions tell to the callers that wait for it. A mark names one thing that was set
 * off: a number that is never used again, and its caller.
 */
final class Signals implements Pipe.Listener {
  static final int MOST_CALLERS = 1024;

  /** As wide as marks are in requests. */
  static final String MARK = "9090909090909090";

  private final AtomicLong marks = new AtomicLong();
  private final AtomicLongArray told = new AtomicLongArray(MOST_CALLERS);
  private final AtomicLongArray startedMicros = new AtomicLongArray(MOST_CALLERS);
  private volatile @Nullable Loop loop;

  /** The loop whose callers are told from now on. */
  void to(Loop loop) {
    this.loop = loop;
  }

  long mark(int caller) {
    return marks.incrementAndGet() * MOST_CALLERS + caller;
  }

  @Override
  public void told(long mark, long micros) {
    int caller = (int) (mark % MOST_CALLERS);
    startedMicros.set(caller, micros);
    told.set(caller, mark);
    Loop now = loop;
    if (now != null) {
      now.wake(caller);
    }
  }

  /** Whether the caller's last word was of this mark. */
  boolean has(int caller, long mark) {
    return told.get(caller) == mark;
  }

  /** When the function of a caller's last word started, epoch microseconds. */
  long startedMicros(int caller) {
    return startedMicros.get(caller);
  }
}
