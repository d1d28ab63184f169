package dev.tutti.store.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tutti.host.Batch;
import dev.tutti.host.Store.Table;
import dev.tutti.host.StoreFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damage on disk is found and named, and never read as truth. */
final class DamageTest {
  private static final int COMMITS = 60;
  @TempDir Path folder;

  private Path place() {
    return folder.resolve("store");
  }

  private void fill() {
    try (RocksStore store = RocksStore.open(place())) {
      for (int i = 1; i <= COMMITS; i++) {
        Batch batch = new Batch();
        batch.put(Table.FACTS, Bytes.of("f", i), Bytes.of("a fact, number <" + i + ">"));
        batch.put(Table.LOG, Bytes.of("l", i), Bytes.of("the log"));
        store.commit(batch);
      }
    }
  }

  private int facts() {
    try (RocksStore store = RocksStore.open(place())) {
      assertThat(Bytes.all(store, Table.LOG)).hasSameSizeAs(Bytes.all(store, Table.FACTS));
      return Bytes.all(store, Table.FACTS).size();
    }
  }

  private void assertRefused() {
    assertThatThrownBy(this::facts)
        .isInstanceOf(StoreFailure.class)
        .hasMessageContaining(place().toString());
  }

  /** The file of a kind that was written last. */
  private Path newest(String ending) throws IOException {
    try (Stream<Path> files = Files.list(place())) {
      return files
          .filter(file -> file.getFileName().toString().matches(ending))
          .max(Comparator.comparing(Path::getFileName))
          .orElseThrow();
    }
  }

  private static int find(byte[] bytes, String text) {
    int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf(text);
    assertThat(at).isPositive();
    return at;
  }

  @Test
  void aFlippedBitInTheMiddleOfTheLogIsRefused() throws IOException {
    fill();
    Path log = newest("\\d+\\.log");
    byte[] bytes = Files.readAllBytes(log);
    bytes[find(bytes, "<30>")] ^= 1;
    Files.write(log, bytes);
    assertThatThrownBy(this::facts)
        .isInstanceOf(StoreFailure.class)
        .hasMessageContaining("checksum mismatch");
    assertRefused();
  }

  @Test
  void aFlippedBitInARecordsLengthIsRefused() throws IOException {
    fill();
    Path log = newest("\\d+\\.log");
    byte[] bytes = Files.readAllBytes(log);
    // 4 bytes of checksum, 2 of length, 1 of type, then 12 of the batch's head
    int record = find(bytes, "<30>") - Bytes.of("a fact, number ").length;
    int length = lengthBefore(bytes, record);
    bytes[length + 1] ^= 0x40;
    Files.write(log, bytes);
    assertRefused();
  }

  /** Where the two bytes are that give the length of the record that holds a position. */
  private static int lengthBefore(byte[] bytes, int position) {
    int at = 0;
    while (true) {
      int length = Byte.toUnsignedInt(bytes[at + 4]) | Byte.toUnsignedInt(bytes[at + 5]) << 8;
      if (at + 7 + length > position) {
        return at + 4;
      }
      at += 7 + length;
    }
  }

  @Test
  void aLogWithoutItsEndIsRefusedWhereTheEndWasAcknowledged() throws IOException {
    fill();
    cutEnd();
    assertThatThrownBy(this::facts)
        .isInstanceOf(StoreFailure.class)
        .hasMessageContaining("cut or missing");
    assertRefused();
  }

  @Test
  void aTornEndThatNobodyWasPromisedIsDroppedAsAWhole() throws IOException {
    fill();
    cutEnd();
    Files.delete(Anchor.of(place()));
    assertThat(facts()).isEqualTo(COMMITS - 1);
  }

  private void cutEnd() throws IOException {
    Path log = newest("\\d+\\.log");
    byte[] bytes = Files.readAllBytes(log);
    Files.write(log, Arrays.copyOf(bytes, find(bytes, "<" + COMMITS + ">")));
  }

  @Test
  void aDeletedLogIsRefused() throws IOException {
    fill();
    Files.delete(newest("\\d+\\.log"));
    assertRefused();
  }

  @Test
  void aDeletedLogInTheMiddleIsRefused() throws IOException {
    byte[] value = new byte[1 << 20];
    new java.util.SplittableRandom(5).nextBytes(value);
    try (RocksStore store = RocksStore.open(place())) {
      for (int i = 1; i <= 45; i++) {
        Batch batch = new Batch();
        batch.put(Table.FACTS, Bytes.of("f", i), value);
        batch.put(Table.META, Bytes.of("m", i), Bytes.of("small"));
        store.commit(batch);
      }
    }
    List<Path> logs;
    try (Stream<Path> files = Files.list(place())) {
      logs = files.filter(file -> file.toString().endsWith(".log")).sorted().toList();
    }
    assertThat(logs).hasSizeGreaterThanOrEqualTo(3);
    Files.delete(logs.get(1));
    assertRefused();
  }

  @Test
  void aDatabaseWithoutItsRootIsRefusedAndNotReplaced() throws IOException {
    for (String file : List.of("CURRENT", "MANIFEST-\\d+")) {
      fill();
      Path root = newest(file);
      byte[] bytes = Files.readAllBytes(root);
      Files.delete(root);
      assertRefused();
      Files.write(root, bytes);
      assertThat(facts()).isEqualTo(COMMITS);
    }
  }

  @Test
  void aStoreThatIsGoneIsNotReplaced() throws IOException {
    fill();
    Files.move(place(), folder.resolve("elsewhere"));
    assertRefused();
    assertThat(place()).doesNotExist();
    Files.move(folder.resolve("elsewhere"), place());
    assertThat(facts()).isEqualTo(COMMITS);
  }

  @Test
  void aDamagedAnchorIsRefused() throws IOException {
    fill();
    Files.writeString(Anchor.of(place()), "tutti-anchor 3 00000000\n");
    assertThatThrownBy(this::facts).hasMessageContaining("anchor").hasMessageContaining("damaged");
  }

  @Test
  void aFlippedBitInATableIsFoundWhenItIsRead() throws IOException {
    byte[] value = new byte[64 << 10];
    new java.util.SplittableRandom(3).nextBytes(value);
    try (RocksStore store = RocksStore.open(place())) {
      for (int i = 0; i < 100; i++) {
        Batch batch = new Batch();
        batch.put(Table.META, Bytes.of("m", i), value);
        store.commit(batch);
      }
    }
    Path table = newest("\\d+\\.sst");
    byte[] bytes = Files.readAllBytes(table);
    bytes[bytes.length / 2] ^= 1;
    Files.write(table, bytes);
    assertThatThrownBy(
            () -> {
              try (RocksStore store = RocksStore.open(place())) {
                Bytes.all(store, Table.META);
              }
            })
        .isInstanceOf(StoreFailure.class)
        .hasMessageContaining("checksum mismatch");
  }

  @Test
  void aCreationThatWasCutShortIsBegunAgain() throws IOException {
    Path unfinished = folder.resolve("store.new");
    Files.createDirectories(unfinished);
    Files.writeString(unfinished.resolve("CURRENT"), "half of");
    fill();
    assertThat(facts()).isEqualTo(COMMITS);
    assertThat(unfinished).doesNotExist();
  }
}
