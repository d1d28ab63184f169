package dev.tutti.store.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tutti.host.Batch;
import dev.tutti.host.Store.Table;
import dev.tutti.host.StoreFailure;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class GroupCommitTest {
  private final List<List<Batch>> writes = Collections.synchronizedList(new ArrayList<>());
  private final CountDownLatch first = new CountDownLatch(1);

  private static Batch batch(int n) {
    Batch batch = new Batch();
    batch.put(Table.META, new byte[] {(byte) n}, new byte[0]);
    return batch;
  }

  /** The first write lasts until it is let go. */
  private void hold(List<Batch> batches) {
    writes.add(List.copyOf(batches));
    if (writes.size() == 1) {
      try {
        first.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @Test
  void whoComesDuringAWriteSharesTheNext() throws Exception {
    GroupCommit commits = new GroupCommit(this::hold);
    try (ExecutorService threads = Executors.newCachedThreadPool()) {
      List<Batch> batches = List.of(batch(0), batch(1), batch(2), batch(3));
      List<Future<?>> done = new ArrayList<>();
      done.add(threads.submit(() -> commits.commit(batches.get(0))));
      await().until(() -> writes.size() == 1);
      for (int i = 1; i < 4; i++) {
        Batch batch = batches.get(i);
        var thread = new Thread[1];
        done.add(
            threads.submit(() -> {
              thread[0] = Thread.currentThread();
              commits.commit(batch);
            }));
        await().until(() -> thread[0] != null && thread[0].getState() == Thread.State.WAITING);
      }
      first.countDown();
      for (Future<?> each : done) {
        each.get();
      }
      assertThat(writes).containsExactly(batches.subList(0, 1), batches.subList(1, 4));
    }
  }

  @Test
  void aFailureIsThrownToAllWhoseBatchesWereInTheWrite() throws Exception {
    GroupCommit commits =
        new GroupCommit(batches -> {
          hold(batches);
          if (batches.size() > 1) {
            throw new StoreFailure("planted");
          }
        });
    try (ExecutorService threads = Executors.newCachedThreadPool()) {
      Future<?> alone = threads.submit(() -> commits.commit(batch(0)));
      await().until(() -> writes.size() == 1);
      List<Future<?>> together = new ArrayList<>();
      for (int i = 1; i < 4; i++) {
        Batch batch = batch(i);
        var thread = new Thread[1];
        together.add(
            threads.submit(() -> {
              thread[0] = Thread.currentThread();
              commits.commit(batch);
            }));
        await().until(() -> thread[0] != null && thread[0].getState() == Thread.State.WAITING);
      }
      first.countDown();
      alone.get();
      for (Future<?> each : together) {
        assertThatThrownBy(each::get)
            .isInstanceOf(ExecutionException.class)
            .hasRootCauseInstanceOf(StoreFailure.class)
            .hasRootCauseMessage("planted");
      }
    }
  }

  @Test
  void aSlowDiskIsWorthAPause() {
    GroupCommit slow = new GroupCommit(batches -> LockSupport.parkNanos(50_000_000));

    assertThat(slow.pauseNanos()).isZero();
    slow.commit(batch(0));
    assertThat(slow.pauseNanos()).isPositive().isLessThanOrEqualTo(5_000_000);
  }
}
