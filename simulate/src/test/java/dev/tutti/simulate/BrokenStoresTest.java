package dev.tutti.simulate;

import static dev.tutti.simulate.Breaking.isCaught;
import static dev.tutti.simulate.Breaking.store;

import dev.tutti.host.Batch;
import dev.tutti.host.Store;
import dev.tutti.host.Store.Table;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A process that keeps its promises, on a store or with a start that doesn't. */
final class BrokenStoresTest {
  private static final byte[] START = new byte[0];
  private static final byte[] END = {(byte) 0xff};

  private static boolean isMail(String owed) {
    return owed.contains("\0tell/");
  }

  @Test
  void actsBeforeItsCommitIsOnDisk() {
    isCaught(store(LaggingStore::new), "I1:", "I2:", "I3:", "I5:", "I10:");
  }

  @Test
  void missesMail() {
    isCaught(
        store(disk -> new WrappedStore(disk, (owed, put) -> put && isMail(owed))), "I13:", "I25:");
  }

  @Test
  void consumesMailTwice() {
    Build twice =
        new Build() {
          private final Set<String> consumed = new HashSet<>();

          @Override
          public Store store(Store disk) {
            return new WrappedStore(
                disk, (owed, put) -> !put && isMail(owed) && consumed.add(owed));
          }
        };
    isCaught(
        twice,
        "mail:",
        "I25: left behind in OWED",
        "a fact about a message that isn't",
        "never came to its end");
  }

  @Test
  void losesAnOwedCallWhenItIsStartedAgain() {
    isCaught(
        store(disk -> {
          Batch lost = new Batch();
          disk.scan(
              Table.OWED,
              START,
              END,
              (key, value) -> {
                if (new String(value, StandardCharsets.UTF_8).startsWith("{\"Outgoing\"")) {
                  lost.delete(Table.OWED, key);
                }
                return true;
              });
          disk.commit(lost);
          return disk;
        }),
        "I25:",
        "I13:");
  }

  @Test
  void losesATimerWhenItIsStartedAgain() {
    isCaught(
        store(disk -> {
          Batch lost = new Batch();
          disk.scan(
              Table.OWED,
              START,
              END,
              (key, value) -> {
                if (new String(value, StandardCharsets.UTF_8).startsWith("{\"Timer\"")) {
                  lost.delete(Table.OWED, key);
                }
                return true;
              });
          disk.commit(lost);
          return disk;
        }),
        "I25:",
        "I13:");
  }

  @Test
  void readsADamagedFactAsTruth() {
    isCaught(
        store(disk -> {
          Store.Entry last = disk.last(Table.FACTS, START, END);
          if (last != null) {
            Batch damage = new Batch();
            String text = new String(last.value(), StandardCharsets.UTF_8);
            damage.put(
                Table.FACTS,
                last.key(),
                text.replace("arn:aws:sns", "arn:aws:SNS").getBytes(StandardCharsets.UTF_8));
            disk.commit(damage);
          }
          return disk;
        }),
        "I3:",
        "I5:");
  }

  @Test
  void losesARow() {
    isCaught(
        store(disk ->
            new WrappedStore(
                disk, Table.ROWS, (row, put) -> put && row.startsWith("executionsByStatus"))),
        "rows:");
  }

  @Test
  void forgetsWhatACallHasDoneAlready() {
    isCaught(
        store(disk -> new WrappedStore(disk, Table.DONE, (reply, put) -> put)),
        "rows:",
        "I2:",
        "a fact about a message that isn't");
  }

  @Test
  void writesALogThatIsNotChained() {
    isCaught(
        store(disk ->
            new WrappedStore(disk, Table.LOG, (entry, put) -> put && entry.endsWith("\u0003"))),
        "I3:",
        "I5:");
  }
}
