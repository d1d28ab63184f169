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
import org.junit.jupiter.api.Timeout;
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

  /** RocksDB would read such a record for ever. */
  @Test
  @Timeout(60)
  void aRecordThatSeemsToBeOfARecycledLogIsRefusedWithItsPlace() throws IOException {
    for (String file : List.of("\\d+\\.log", "MANIFEST-\\d+")) {
      fill();
      Path damaged = newest(file);
      byte[] whole = Files.readAllBytes(damaged);
      for (int record : List.of(2, 5)) {
        int at = recordAt(whole, record);
        byte[] bytes = whole.clone();
        bytes[at + 6] ^= 4;
        Files.write(damaged, bytes);
        assertThatThrownBy(this::facts)
            .isInstanceOf(StoreFailure.class)
            .hasMessageContaining(damaged.getFileName() + " is damaged at byte " + at);
      }
      Files.write(damaged, whole);
      assertThat(facts()).isEqualTo(COMMITS);
    }
  }

  /** Whatever one bit of a record's head becomes: refused, or read as it was. */
  @Test
  @Timeout(120)
  void noBitOfAHeadIsMisread() throws IOException {
    for (String file : List.of("\\d+\\.log", "MANIFEST-\\d+")) {
      fill();
      Path copy = folder.resolve("copy");
      DamageTest.copy(place(), copy);
      String name = newest(file).getFileName().toString();
      byte[] whole = Files.readAllBytes(copy.resolve(name));
      int at = recordAt(whole, 3);
      for (int bit = 0; bit < 7 * 8; bit++) {
        DamageTest.copy(copy, place());
        byte[] bytes = whole.clone();
        bytes[at + bit / 8] ^= (byte) (1 << bit % 8);
        Files.write(place().resolve(name), bytes);
        try {
          assertThat(facts()).as("bit %d of %s", bit, name).isEqualTo(COMMITS);
        } catch (StoreFailure refused) {
          assertThat(refused).hasMessageContaining(place().toString());
        }
      }
      DamageTest.copy(copy, place());
    }
  }

  /** Makes a folder what another one is. */
  private static void copy(Path from, Path to) throws IOException {
    if (Files.exists(to)) {
      try (Stream<Path> files = Files.walk(to)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
  }

  /** Where the record of a number, from 0, begins. */
  private static int recordAt(byte[] bytes, int number) {
    int at = 0;
    for (int i = 0; i < number; i++) {
      at += 7 + (Byte.toUnsignedInt(bytes[at + 4]) | Byte.toUnsignedInt(bytes[at + 5]) << 8);
    }
    return at;
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
      for (int i = 1; i <= 55; i++) {
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
