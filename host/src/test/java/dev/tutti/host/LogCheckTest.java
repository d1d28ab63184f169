package dev.tutti.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.host.Store.Table;
import java.nio.charset.StandardCharsets;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A whole log is found whole; each planted fault is found at its position. */
final class LogCheckTest {
  private final MemoryStore store = new MemoryStore();

  LogCheckTest() {
    fill(0, 10);
    fill(2, 5);
  }

  private void fill(int shard, int count) {
    Batch batch = new Batch();
    Head head = Head.empty();
    for (int i = 1; i <= count; i++) {
      byte[] key = factKey(shard, i);
      byte[] fact = bytes("fact " + i);
      head = head.next(key, fact, i);
      batch.put(Table.FACTS, key, fact);
      batch.put(Table.LOG, Keys.log(shard, i), head.entry(key));
    }
    store.commit(batch);
  }

  /** The head of a shard as its last entry has it. */
  private Head last(int shard) {
    LogCheck.Mark mark = java.util.Objects.requireNonNull(LogCheck.heads(store).get(shard));
    return new Head(mark.position(), java.util.HexFormat.of().parseHex(mark.hash()), 0);
  }

  private static byte[] factKey(int shard, int number) {
    return bytes("of " + shard + " " + number);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private void put(Table table, byte[] key, byte[] value) {
    Batch batch = new Batch();
    batch.put(table, key, value);
    store.commit(batch);
  }

  private void delete(Table table, byte[] key) {
    Batch batch = new Batch();
    batch.delete(table, key);
    store.commit(batch);
  }

  private void assertFound(String fault) {
    assertThat(LogCheck.whole(store).faults())
        .singleElement()
        .satisfies(found -> assertThat(found).contains(fault));
  }

  @Test
  void aWholeLogIsWhole() {
    assertThat(LogCheck.whole(store)).isEqualTo(new LogCheck.Result(15, java.util.List.of()));
    assertThat(LogCheck.heads(store).keySet()).containsExactly(0, 2);
    assertThat(LogCheck.after(store, LogCheck.heads(store)).entries()).isZero();
  }

  @Test
  void whatComesAfterMarksIsReadAlone() {
    SortedMap<Integer, LogCheck.Mark> marks = new TreeMap<>(LogCheck.heads(store));
    Head head = last(0);
    byte[] fact = bytes("one more");
    byte[] key = factKey(0, 11);
    put(Table.FACTS, key, fact);
    put(Table.LOG, Keys.log(0, 11), head.next(key, fact, 0).entry(key));
    assertThat(LogCheck.after(store, marks)).isEqualTo(new LogCheck.Result(1, java.util.List.of()));
  }

  @Test
  void aMissingEntryIsFound() {
    delete(Table.LOG, Keys.log(0, 4));
    assertFound("shard 0, position 4: the entry is missing, the next one is 5");
  }

  @Test
  void aMissingFactIsFound() {
    delete(Table.FACTS, factKey(2, 3));
    assertFound("shard 2, position 3: its turn is missing");
  }

  @Test
  void aChangedFactIsFound() {
    put(Table.FACTS, factKey(2, 3), bytes("another"));
    assertFound("shard 2, position 3: its hash is not that of its turn");
  }

  @Test
  void aFactThatTheLogDoesNotNameIsFound() {
    put(Table.FACTS, bytes("smuggled"), bytes("in"));
    assertFound("the log names 15 turns, and 16 are there");
  }

  @Test
  void aLogThatEndsBeforeAMarkIsFound() {
    SortedMap<Integer, LogCheck.Mark> marks = LogCheck.heads(store);
    delete(Table.LOG, Keys.log(2, 5));
    assertThat(LogCheck.after(store, marks).faults())
        .containsExactly("shard 2 ends before position 5");
  }

  @Test
  void anotherLogsEntryAtAMarkIsFound() {
    SortedMap<Integer, LogCheck.Mark> marks = LogCheck.heads(store);
    marks.put(2, new LogCheck.Mark(5, "0".repeat(64)));
    assertThat(LogCheck.after(store, marks).faults())
        .containsExactly("shard 2, position 5: this is another log's entry");
  }
}
