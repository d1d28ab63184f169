package dev.tutti.bench.limit;

import dev.tutti.host.Batch;
import dev.tutti.host.Store;
import dev.tutti.store.rocksdb.RocksStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * How many acknowledged changes a second the store takes from a number of producers, each with one
 * change of 1 KiB under way: one committer takes all that wait and commits them with one fsync.
 * What a server adds to this is everything but the disk.
 */
final class GroupCommit {
  private static final int VALUE = 1024;
  private static final int MOST = 1024;
  private static final double NANOS = 1e9;

  private final Store store;
  private final LinkedBlockingQueue<Change> queue = new LinkedBlockingQueue<>();
  private final LongAdder acknowledged = new LongAdder();
  private volatile boolean over;

  private record Change(byte[] key, byte[] value, CompletableFuture<Boolean> done) {}

  private GroupCommit(Store store) {
    this.store = store;
  }

  /** Runs in a new store in the folder, which is the caller's to delete. */
  static double perSecond(Path folder, int producers, Duration time)
      throws IOException, InterruptedException {
    try (RocksStore store = RocksStore.open(folder)) {
      return new GroupCommit(store).run(producers, time);
    }
  }

  private double run(int producers, Duration time) throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    threads.add(Thread.ofPlatform().name("committer").start(this::commit));
    for (int i = 0; i < producers; i++) {
      int number = i;
      threads.add(Thread.ofVirtual().start(() -> produce(number)));
    }
    Thread.sleep(time.dividedBy(4));
    long before = acknowledged.sum();
    long began = System.nanoTime();
    Thread.sleep(time);
    double rate = (acknowledged.sum() - before) * NANOS / (System.nanoTime() - began);
    over = true;
    for (Thread thread : threads) {
      thread.join();
    }
    return rate;
  }

  private void produce(int number) {
    byte[] value = new byte[VALUE];
    for (long i = 0; !over; i++) {
      byte[] key = ByteBuffer.allocate(12).putInt(number).putLong(i).array();
      Change change = new Change(key, value, new CompletableFuture<>());
      queue.add(change);
      change.done.join();
      acknowledged.increment();
    }
  }

  private void commit() {
    List<Change> taken = new ArrayList<>();
    while (true) {
      @Nullable Change first = poll();
      if (first == null) {
        if (over) {
          return;
        }
        continue;
      }
      taken.add(first);
      queue.drainTo(taken, MOST);
      Batch batch = new Batch();
      taken.forEach(change -> batch.put(Store.Table.FACTS, change.key, change.value));
      store.commit(batch);
      taken.forEach(change -> change.done.complete(true));
      taken.clear();
    }
  }

  private @Nullable Change poll() {
    try {
      return queue.poll(50, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
  }
}
