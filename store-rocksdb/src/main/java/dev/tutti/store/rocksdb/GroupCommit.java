package dev.tutti.store.rocksdb;

import dev.tutti.host.Batch;
import dev.tutti.host.StoreFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Lets batches that come at the same time share one write, in the order in which they came. Where
 * nobody writes, who comes writes at once, which spares a change of threads; who comes meanwhile
 * leaves the batch to the committer, a thread that writes all that waits.
 *
 * <p>On a slow disk the committer writes everything, and where it isn't for one alone it waits a
 * fifth of what the last write took before it begins. Those who were answered together come back
 * together a moment later, and without that moment they would fall into two groups that wait for
 * each other: half the rate (compare PostgreSQL's {@code commit_delay}).
 */
final class GroupCommit implements AutoCloseable {
  /** A write that is quicker is not worth a wait. */
  private static final long SLOW_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

  private static final long LONGEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
  private static final int SHARE = 5;

  private final Consumer<List<Batch>> writer;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Thread committer;
  private List<Member> waiting = new ArrayList<>();
  private boolean writing;
  private boolean closed;
  private boolean slow;
  private long pauseNanos;

  private record Member(Batch batch, CompletableFuture<Void> whenWritten) {}

  /** Groups what a writer writes; it has the batches on disk when it returns. */
  GroupCommit(Consumer<List<Batch>> writer) {
    this.writer = writer;
    this.committer = Thread.ofPlatform().daemon().name("tutti-committer").start(this::run);
  }

  /**
   * Hands over a batch.
   *
   * @return completed once it is on disk; exceptionally with what its write has thrown
   */
  CompletableFuture<Void> submit(Batch batch) {
    Member member = new Member(batch, new CompletableFuture<>());
    List<Member> group;
    lock.lock();
    try {
      if (closed) {
        throw new StoreFailure("the store is closed");
      }
      waiting.add(member);
      if (writing || slow) {
        signalIfFree();
        return member.whenWritten;
      }
      group = take();
    } finally {
      lock.unlock();
    }
    write(group);
    return member.whenWritten;
  }

  private void signalIfFree() {
    if (!writing) {
      changed.signal();
    }
  }

  private List<Member> take() {
    List<Member> group = waiting;
    waiting = new ArrayList<>();
    writing = true;
    return group;
  }

  /** The committer. */
  private void run() {
    while (true) {
      List<Member> group;
      lock.lock();
      try {
        while (writing || waiting.isEmpty()) {
          if (closed && !writing) {
            return;
          }
          changed.awaitUninterruptibly();
        }
        group = gather();
      } finally {
        lock.unlock();
      }
      write(group);
    }
  }

  /** Takes what waits, on a slow disk a moment later. */
  private List<Member> gather() {
    if (pauseNanos > 0 && !closed) {
      writing = true;
      long pause = pauseNanos;
      lock.unlock();
      try {
        LockSupport.parkNanos(this, pause);
      } finally {
        lock.lock();
      }
    }
    return take();
  }

  private void write(List<Member> group) {
    long began = System.nanoTime();
    try {
      writer.accept(group.stream().map(Member::batch).toList());
      finish(group.size(), System.nanoTime() - began);
      group.forEach(member -> member.whenWritten.complete(null));
    } catch (RuntimeException | Error failure) {
      finish(group.size(), System.nanoTime() - began);
      group.forEach(member -> member.whenWritten.completeExceptionally(failure));
    }
  }

  private void finish(int members, long tookNanos) {
    lock.lock();
    try {
      boolean alone = members == 1 && waiting.isEmpty();
      writing = false;
      slow = tookNanos >= SLOW_NANOS;
      pauseNanos = !slow || alone ? 0 : Math.min(tookNanos / SHARE, LONGEST_PAUSE_NANOS);
      if (!waiting.isEmpty() || closed) {
        changed.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Takes no more, and returns once all that was handed over is written. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signal();
    } finally {
      lock.unlock();
    }
    boolean interrupted = false;
    while (committer.isAlive()) {
      try {
        committer.join();
      } catch (InterruptedException _) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
