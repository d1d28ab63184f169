package dev.tutti.store.rocksdb;

import dev.tutti.host.Batch;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Lets threads that commit at the same time share one write. The first writes for all; who comes
 * meanwhile waits for the next write, which one of them makes.
 *
 * <p>On a slow disk the first waits a tenth of what the last write took before it begins. Those who
 * were answered together come back together a moment later, and without that moment they would fall
 * into two groups that wait for each other: half the rate (compare PostgreSQL's {@code
 * commit_delay}).
 */
final class GroupCommit {
  /** A write that is quicker is not worth a wait. */
  private static final long SLOW_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

  private static final long LONGEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
  private static final int SHARE = 10;

  private final Consumer<List<Batch>> writer;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition written = lock.newCondition();
  private List<Member> waiting = new ArrayList<>();
  private boolean writing;
  private volatile long pauseNanos;

  private static final class Member {
    final Batch batch;
    boolean done;
    @Nullable Throwable failure;

    Member(Batch batch) {
      this.batch = batch;
    }
  }

  /** Groups what a writer writes; it has the batches on disk when it returns. */
  GroupCommit(Consumer<List<Batch>> writer) {
    this.writer = writer;
  }

  /** How long it is worth to gather more before a commit, in nanoseconds; 0 on a fast disk. */
  long pauseNanos() {
    return pauseNanos;
  }

  /** Returns once the batch is on disk; throws what its write has thrown, for all it was for. */
  void commit(Batch batch) {
    Member member = new Member(batch);
    if (joins(member)) {
      rethrow(member.failure);
      return;
    }
    if (pauseNanos > 0) {
      LockSupport.parkNanos(this, pauseNanos);
    }
    lead();
  }

  /**
   * Waits in line; true where somebody else has written it, false where it is its turn to write.
   */
  private boolean joins(Member member) {
    lock.lock();
    try {
      waiting.add(member);
      while (writing && !member.done) {
        written.awaitUninterruptibly();
      }
      if (!member.done) {
        writing = true;
      }
      return member.done;
    } finally {
      lock.unlock();
    }
  }

  private void lead() {
    List<Member> group = take();
    long began = System.nanoTime();
    Throwable failure = null;
    try {
      writer.accept(group.stream().map(member -> member.batch).toList());
    } catch (RuntimeException | Error thrown) {
      failure = thrown;
      throw thrown;
    } finally {
      finish(group, failure, System.nanoTime() - began);
    }
  }

  private List<Member> take() {
    lock.lock();
    try {
      List<Member> group = waiting;
      waiting = new ArrayList<>();
      return group;
    } finally {
      lock.unlock();
    }
  }

  private void finish(List<Member> group, @Nullable Throwable failure, long tookNanos) {
    lock.lock();
    try {
      for (Member member : group) {
        member.done = true;
        member.failure = failure;
      }
      writing = false;
      pauseNanos = tookNanos < SLOW_NANOS ? 0 : Math.min(tookNanos / SHARE, LONGEST_PAUSE_NANOS);
      written.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private static void rethrow(@Nullable Throwable failure) {
    switch (failure) {
      case null -> {}
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      default -> throw new IllegalStateException(failure);
    }
  }
}
