package dev.tutti.store.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tutti.host.Batch;
import dev.tutti.host.Store;
import dev.tutti.host.Store.Table;
import dev.tutti.host.StoreFailure;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

final class RocksStoreTest extends StoreContract {
  @TempDir Path folder;

  @Override
  Store open() {
    return RocksStore.open(folder.resolve("store"));
  }

  @Test
  void aClosedStoreSaysSo() {
    Batch batch = new Batch();
    batch.put(Table.META, Bytes.of("a"), Bytes.of("1"));
    store.commit(batch);
    store.close();
    store.close();
    assertThatThrownBy(() -> store.get(Table.META, Bytes.of("a")))
        .hasMessage("the store is closed");
    assertThatThrownBy(() -> Bytes.all(store, Table.META)).hasMessage("the store is closed");
    assertThatThrownBy(() -> store.last(Table.META, Bytes.FIRST, Bytes.END))
        .hasMessage("the store is closed");
    assertThatThrownBy(() -> store.commit(batch)).hasMessage("the store is closed");
  }

  @Test
  @Timeout(60)
  void closingEndsAScanThatIsUnderWay() throws InterruptedException {
    Batch batch = new Batch();
    for (int i = 0; i < 1000; i++) {
      batch.put(Table.ROWS, Bytes.of("r", i), Bytes.of("1"));
    }
    store.commit(batch);
    CountDownLatch scanning = new CountDownLatch(1);
    CompletableFuture<Void> scan =
        CompletableFuture.runAsync(() -> {
          while (true) {
            store.scan(
                Table.ROWS,
                Bytes.FIRST,
                Bytes.END,
                (key, value) -> {
                  scanning.countDown();
                  return value.length == 1;
                });
          }
        });
    scanning.await();
    store.close();
    assertThatThrownBy(scan::join)
        .isInstanceOf(CompletionException.class)
        .cause()
        .isInstanceOf(StoreFailure.class)
        .hasMessage("the store is closed");
  }

  @Test
  void aVisitorCannotCloseItsOwnStore() {
    Batch batch = new Batch();
    batch.put(Table.ROWS, Bytes.of("a"), Bytes.of("1"));
    store.commit(batch);
    assertThatThrownBy(() ->
            store.scan(
                Table.ROWS,
                Bytes.FIRST,
                Bytes.END,
                (key, value) -> {
                  store.close();
                  return true;
                }))
        .isInstanceOf(IllegalStateException.class);
    assertThat(Bytes.all(store, Table.ROWS)).containsExactly("a=1");
  }

  @Test
  void aSecondStoreInTheSameFolderIsRefused() {
    assertThatThrownBy(this::open).isInstanceOf(StoreFailure.class).hasMessageContaining("lock");
  }

  @Test
  void whatIsFlushedAndCompactedIsReadBack() {
    byte[] value = new byte[64 << 10];
    new java.util.SplittableRandom(1).nextBytes(value);
    for (int i = 0; i < 100; i++) {
      Batch batch = new Batch();
      for (int j = 0; j < 10; j++) {
        batch.put(Table.META, Bytes.of("m", i * 10L + j), value);
      }
      store.commit(batch);
    }
    store.close();
    store = open();
    int[] seen = new int[1];
    store.scan(
        Table.META,
        Bytes.FIRST,
        Bytes.END,
        (key, found) -> {
          assertThat(found).isEqualTo(value);
          seen[0]++;
          return true;
        });
    assertThat(seen[0]).isEqualTo(1000);
  }
}
