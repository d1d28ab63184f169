package dev.tutti.store.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tutti.host.Batch;
import dev.tutti.host.Store.Table;
import dev.tutti.host.StoreFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
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

  /** Hands over a batch on another thread, as that may have to write it. */
  private static CompletableFuture<Void> aside(
      ExecutorService threads, GroupCommit commits, Batch batch) {
    return CompletableFuture.runAsync(() -> commits.submit(batch).join(), threads);
  }

  @Test
  void whoComesAloneHasItsBatchWrittenWhenItGoes() {
    try (GroupCommit commits = new GroupCommit(writes::add)) {
      assertThat(commits.submit(batch(0))).isCompleted();
      assertThat(commits.submit(batch(1))).isCompleted();
      assertThat(writes).hasSize(2);
    }
  }

  @Test
  void whoComesDuringAWriteGoesOnAndSharesTheNext() throws Exception {
    List<Batch> batches = List.of(batch(0), batch(1), batch(2), batch(3));
    try (GroupCommit commits = new GroupCommit(this::hold);
        ExecutorService threads = Executors.newCachedThreadPool()) {
      CompletableFuture<Void> alone = aside(threads, commits, batches.getFirst());
      await().until(() -> writes.size() == 1);
      List<CompletableFuture<Void>> together =
          batches.subList(1, 4).stream().map(commits::submit).toList();
      assertThat(together).noneMatch(CompletableFuture::isDone);

      first.countDown();
      together.forEach(CompletableFuture::join);
      alone.join();
      assertThat(writes).containsExactly(batches.subList(0, 1), batches.subList(1, 4));
    }
  }

  @Test
  void aFailureReachesAllWhoseBatchesWereInTheWrite() throws Exception {
    try (GroupCommit commits =
            new GroupCommit(batches -> {
              hold(batches);
              if (batches.size() > 1) {
                throw new StoreFailure("planted");
              }
            });
        ExecutorService threads = Executors.newCachedThreadPool()) {
      CompletableFuture<Void> alone = aside(threads, commits, batch(0));
      await().until(() -> writes.size() == 1);
      List<CompletableFuture<Void>> together =
          List.of(commits.submit(batch(1)), commits.submit(batch(2)));
      first.countDown();

      assertThat(alone).succeedsWithin(Duration.ofSeconds(10));
      for (CompletableFuture<Void> each : together) {
        assertThatThrownBy(each::join).hasRootCauseMessage("planted");
      }
    }
  }

  private GroupCommit onASlowDisk() {
    return new GroupCommit(batches -> {
      writes.add(batches);
      LockSupport.parkNanos(50_000_000);
    });
  }

  @Test
  void onASlowDiskThoseWhoComeTogetherAreWrittenTogether() {
    try (GroupCommit commits = onASlowDisk()) {
      commits.submit(batch(0)).join();
      List<CompletableFuture<Void>> company =
          List.of(commits.submit(batch(1)), commits.submit(batch(2)));
      company.forEach(CompletableFuture::join);
      int before = writes.size();

      CompletableFuture<Void> one = commits.submit(batch(3));
      CompletableFuture<Void> two = commits.submit(batch(4));
      assertThat(List.of(one, two)).noneMatch(CompletableFuture::isDone);
      one.join();
      two.join();
      assertThat(writes.size() - before).isBetween(1, 2);
    }
  }

  @Test
  void onASlowDiskNobodyIsKeptFromDeciding() {
    try (GroupCommit commits = onASlowDisk()) {
      assertThat(commits.submit(batch(0))).isCompleted();
      CompletableFuture<Void> later = commits.submit(batch(1));
      assertThat(later).isNotDone();
      assertThat(later).succeedsWithin(Duration.ofSeconds(10));
    }
  }

  @Test
  void whatWasHandedOverIsWrittenBeforeItCloses() throws Exception {
    GroupCommit commits = new GroupCommit(this::hold);
    try (ExecutorService threads = Executors.newCachedThreadPool()) {
      CompletableFuture<Void> alone = aside(threads, commits, batch(0));
      await().until(() -> writes.size() == 1);
      CompletableFuture<Void> late = commits.submit(batch(1));
      Future<?> closing = threads.submit(commits::close);
      first.countDown();

      closing.get();
      assertThat(alone).isCompleted();
      assertThat(late).isCompleted();
      Batch tooLate = batch(2);
      assertThatThrownBy(() -> commits.submit(tooLate)).isInstanceOf(StoreFailure.class);
    }
  }
}
