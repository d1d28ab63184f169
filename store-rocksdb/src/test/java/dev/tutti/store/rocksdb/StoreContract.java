package dev.tutti.store.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tutti.host.Batch;
import dev.tutti.host.Store;
import dev.tutti.host.Store.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store does alike. */
abstract class StoreContract {
  Store store;

  /** Opens a store with what an earlier one of the same test committed. */
  abstract Store open();

  @BeforeEach
  void start() {
    store = open();
  }

  @AfterEach
  void stop() {
    store.close();
  }

  private void put(Table table, String... keys) {
    Batch batch = new Batch();
    for (String key : keys) {
      batch.put(table, Bytes.of(key), Bytes.of(key.toUpperCase(java.util.Locale.ROOT)));
    }
    store.commit(batch);
  }

  @Test
  void aKeyHasTheValueItWasGivenInItsTableOnly() {
    put(Table.FACTS, "a");
    assertThat(Bytes.text(store.get(Table.FACTS, Bytes.of("a")))).isEqualTo("A");
    assertThat(store.get(Table.FACTS, Bytes.of("b"))).isNull();
    for (Table other : Table.values()) {
      if (other != Table.FACTS) {
        assertThat(store.get(other, Bytes.of("a"))).isNull();
      }
    }
  }

  @Test
  void anEmptyKeyAndAnEmptyValueAreKept() {
    Batch batch = new Batch();
    batch.put(Table.META, new byte[0], new byte[0]);
    store.commit(batch);
    assertThat(store.get(Table.META, new byte[0])).isEmpty();
    assertThat(Bytes.all(store, Table.META)).containsExactly("=");
  }

  @Test
  void aScanVisitsUnsignedKeysInOrderWithinItsBounds() {
    Batch batch = new Batch();
    for (int key : new int[] {0x80, 0x01, 0xfe, 0x7f, 0x00}) {
      batch.put(Table.ROWS, new byte[] {(byte) key}, new byte[] {1});
    }
    store.commit(batch);
    List<Integer> seen = new ArrayList<>();
    store.scan(
        Table.ROWS,
        new byte[] {1},
        new byte[] {(byte) 0xfe},
        (key, value) -> seen.add(Byte.toUnsignedInt(key[0])));
    assertThat(seen).containsExactly(0x01, 0x7f, 0x80);
  }

  @Test
  void aScanEndsWhenItsVisitorHasEnough() {
    put(Table.ROWS, "a", "b", "c");
    List<String> seen = new ArrayList<>();
    store.scan(
        Table.ROWS,
        Bytes.FIRST,
        Bytes.END,
        (key, value) -> {
          seen.add(String.valueOf(Bytes.text(key)));
          return seen.size() < 2;
        });
    assertThat(seen).containsExactly("a", "b");
  }

  @Test
  void aVisitorMayReadAndCommit() {
    put(Table.OWED, "a", "b");
    List<String> seen = new ArrayList<>();
    store.scan(
        Table.OWED,
        Bytes.FIRST,
        Bytes.END,
        (key, value) -> {
          Batch batch = new Batch();
          batch.delete(Table.OWED, key);
          store.commit(batch);
          return store.get(Table.OWED, key) == null && seen.add(String.valueOf(Bytes.text(key)));
        });
    assertThat(seen).containsExactly("a", "b");
    assertThat(Bytes.all(store, Table.OWED)).isEmpty();
  }

  @Test
  void anEmptyRangeHoldsNothingAndAReversedOneIsAMistake() {
    put(Table.ROWS, "a", "b");
    assertThat(Bytes.scan(store, Table.ROWS, Bytes.of("a"), Bytes.of("a"))).isEmpty();
    assertThat(store.last(Table.ROWS, Bytes.of("a"), Bytes.of("a"))).isNull();
    assertThatThrownBy(() -> Bytes.scan(store, Table.ROWS, Bytes.of("b"), Bytes.of("a")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> store.last(Table.ROWS, Bytes.of("b"), Bytes.of("a")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theLastEntryIsBeforeTheEndAndNotBeforeTheStart() {
    put(Table.LOG, "a", "b", "d");
    assertThat(lastKey("a", "d")).isEqualTo("b");
    assertThat(lastKey("a", "e")).isEqualTo("d");
    assertThat(lastKey("b", "c")).isEqualTo("b");
    assertThat(lastKey("c", "d")).isEqualTo("none");
    assertThat(lastKey("e", "z")).isEqualTo("none");
  }

  private String lastKey(String from, String to) {
    Store.Entry last = store.last(Table.LOG, Bytes.of(from), Bytes.of(to));
    return last == null ? "none" : String.valueOf(Bytes.text(last.key()));
  }

  @Test
  void aBatchChangesAllTablesAtOnceAndItsLastChangeOfAKeyWins() {
    put(Table.FACTS, "old");
    Batch batch = new Batch();
    batch.put(Table.FACTS, Bytes.of("a"), Bytes.of("1"));
    batch.put(Table.LOG, Bytes.of("l"), Bytes.of("1"));
    batch.put(Table.FACTS, Bytes.of("a"), Bytes.of("2"));
    batch.put(Table.OWED, Bytes.of("gone"), Bytes.of("1"));
    batch.delete(Table.OWED, Bytes.of("gone"));
    batch.delete(Table.OWED, Bytes.of("back"));
    batch.put(Table.OWED, Bytes.of("back"), Bytes.of("1"));
    batch.delete(Table.FACTS, Bytes.of("old"));
    batch.delete(Table.FACTS, Bytes.of("never there"));
    store.commit(batch);
    assertThat(Bytes.all(store, Table.FACTS)).containsExactly("a=2");
    assertThat(Bytes.all(store, Table.LOG)).containsExactly("l=1");
    assertThat(Bytes.all(store, Table.OWED)).containsExactly("back=1");
  }

  @Test
  void anEmptyBatchChangesNothing() {
    store.commit(new Batch());
    for (Table table : Table.values()) {
      assertThat(Bytes.all(store, table)).isEmpty();
    }
  }

  @Test
  void aLargeValueComesBackWhole() {
    byte[] value = new byte[3 << 20];
    new java.util.SplittableRandom(7).nextBytes(value);
    Batch batch = new Batch();
    batch.put(Table.FACTS, Bytes.of("large"), value);
    store.commit(batch);
    assertThat(store.get(Table.FACTS, Bytes.of("large"))).isEqualTo(value);
  }

  @Test
  void commitsOfSeveralThreadsAreAllKept() throws Exception {
    List<Future<?>> ends = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      for (int i = 0; i < 4; i++) {
        String name = "t" + i + "/";
        Callable<Integer> committing = () -> commitMany(name, 50);
        ends.add(threads.submit(committing));
      }
    }
    for (Future<?> end : ends) {
      assertThat(end.get()).isEqualTo(50);
    }
    assertThat(Bytes.all(store, Table.FACTS)).hasSize(200);
    assertThat(Bytes.all(store, Table.ROWS)).hasSize(200);
  }

  private int commitMany(String name, int count) {
    for (int i = 0; i < count; i++) {
      Batch batch = new Batch();
      batch.put(Table.FACTS, Bytes.of(name, i), Bytes.of("fact"));
      batch.put(Table.ROWS, Bytes.of(name, i), Bytes.of("row"));
      store.commit(batch);
      assertThat(Bytes.scan(store, Table.FACTS, Bytes.of(name), Bytes.of(name + "\u007f")))
          .hasSize(i + 1);
    }
    return count;
  }

  @Test
  void aReopenedStoreHasEverything() {
    for (Table table : Table.values()) {
      put(table, table + "-1", table + "-2");
    }
    Batch batch = new Batch();
    batch.delete(Table.OWED, Bytes.of("OWED-1"));
    store.commit(batch);
    store.close();
    store = open();
    for (Table table : Table.values()) {
      String[] expected = {table + "-1=" + table + "-1", table + "-2=" + table + "-2"};
      assertThat(Bytes.all(store, table))
          .containsExactly(table == Table.OWED ? new String[] {expected[1]} : expected);
    }
  }
}
