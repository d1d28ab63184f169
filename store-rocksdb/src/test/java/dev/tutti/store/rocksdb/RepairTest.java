package dev.tutti.store.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tutti.host.Batch;
import dev.tutti.host.LogCheck;
import dev.tutti.host.Store.Table;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is damaged is refused with the place up to which it is whole, and cut back to no other. */
final class RepairTest {
  private static final int COMMITS = 20;

  @TempDir Path folder;

  private Path data() {
    return folder.resolve("data");
  }

  /** Facts and their chained log, as the engine writes them; two changes a commit. */
  private void fill() throws NoSuchAlgorithmException {
    try (DataDirectory data = DataDirectory.open(data())) {
      byte[] hash = new byte[32];
      for (int i = 1; i <= COMMITS; i++) {
        byte[] key = Bytes.of("fact", i);
        byte[] fact = Bytes.of("a fact, number <" + i + ">");
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        digest.update(hash);
        digest.update(key);
        hash = digest.digest(fact);
        Batch batch = new Batch();
        batch.put(Table.FACTS, key, fact);
        byte[] position = ByteBuffer.allocate(10).putShort((short) 1).putLong(i).array();
        byte[] entry = ByteBuffer.allocate(32 + key.length).put(hash).put(key).array();
        batch.put(Table.LOG, position, entry);
        data.store().commit(batch);
      }
    }
  }

  /** RocksDB's logs, the newest last. */
  private List<Path> logs() throws IOException {
    try (Stream<Path> files = Files.list(data().resolve("store"))) {
      return files.filter(file -> file.toString().endsWith(".log")).sorted().toList();
    }
  }

  /** Flips a bit in a fact's bytes in RocksDB's log. */
  private void damage(int number) throws IOException {
    Path log = logs().getLast();
    byte[] bytes = Files.readAllBytes(log);
    int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("<" + number + ">");
    assertThat(at).isPositive();
    bytes[at] ^= 1;
    Files.write(log, bytes);
  }

  /** Makes the record of a fact in RocksDB's log one that seems to be of a recycled log. */
  private void recycle(int number) throws IOException {
    Path log = logs().getLast();
    byte[] bytes = Files.readAllBytes(log);
    int fact = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("<" + number + ">");
    int at = 0;
    int length = 0;
    while (at + 7 + length < fact) {
      at += length == 0 ? 0 : 7 + length;
      length = Byte.toUnsignedInt(bytes[at + 4]) | Byte.toUnsignedInt(bytes[at + 5]) << 8;
    }
    bytes[at + 6] ^= 4;
    Files.write(log, bytes);
  }

  @Test
  void aLogThatRocksDbWouldReadForEverIsCutBackToo() throws Exception {
    fill();
    recycle(11);
    assertThatThrownBy(() -> DataDirectory.open(data()))
        .isInstanceOf(DataDirectoryException.class)
        .hasMessageContaining(".log is damaged at byte")
        .hasMessageContaining("--accept-loss-after=20");
    var _ = DataDirectory.acceptLoss(data(), 20);
    try (DataDirectory data = DataDirectory.open(data())) {
      assertThat(LogCheck.whole(data.store()).entries()).isEqualTo(10);
    }
  }

  /** Enough for several of RocksDB's log files, of which the first ones are still needed. */
  private List<Path> fillSeveralLogs() throws IOException {
    byte[] value = new byte[1 << 20];
    new java.util.SplittableRandom(5).nextBytes(value);
    try (DataDirectory data = DataDirectory.open(data())) {
      for (int i = 1; i <= 45; i++) {
        Batch batch = new Batch();
        batch.put(Table.ROWS, Bytes.of("r", i), value);
        batch.put(Table.META, Bytes.of("m", i), Bytes.of("small"));
        data.store().commit(batch);
      }
    }
    return logs();
  }

  @Test
  void severalLogsAreLookedThrough() throws IOException {
    assertThat(fillSeveralLogs()).hasSizeGreaterThanOrEqualTo(3);
    assertThat(DataDirectory.inspect(data()).damage()).isNull();
  }

  @Test
  void ofSeveralLogsTheWholeOnesAreKept() throws IOException {
    Path last = fillSeveralLogs().getLast();
    byte[] bytes = Files.readAllBytes(last);
    bytes[bytes.length / 2] ^= 1;
    Files.write(last, bytes);

    DataDirectory.Inspection found = DataDirectory.inspect(data());
    assertThat(found.damage()).isNotNull();
    assertThat(found.wholeTo()).isBetween(1L, 89L);
    var _ = DataDirectory.acceptLoss(data(), found.wholeTo());
    assertThat(DataDirectory.inspect(data()).damage()).isNull();
  }

  @Test
  void whatIsWholeIsNotRepaired() throws Exception {
    fill();
    DataDirectory.Inspection found = DataDirectory.inspect(data());
    assertThat(found.damage()).isNull();
    assertThat(found.entries()).isEqualTo(COMMITS);
    assertThatThrownBy(() -> DataDirectory.acceptLoss(data(), 3)).hasMessageContaining("is whole");
  }

  @Test
  void damageIsRefusedWithItsPlaceAndCutBackToThatAlone() throws Exception {
    fill();
    damage(11);
    assertThatThrownBy(() -> DataDirectory.open(data()))
        .isInstanceOf(DataDirectoryException.class)
        .hasMessageContaining("--accept-loss-after=20");
    assertThat(DataDirectory.inspect(data()).wholeTo()).isEqualTo(20);
    assertThatThrownBy(() -> DataDirectory.acceptLoss(data(), 22))
        .hasMessageContaining("whole up to change 20");
    Path kept = DataDirectory.acceptLoss(data(), 20);
    assertThat(kept).isDirectory();
    try (DataDirectory data = DataDirectory.open(data())) {
      LogCheck.Result log = LogCheck.whole(data.store());
      assertThat(log.faults()).isEmpty();
      assertThat(log.entries()).isEqualTo(10);
      assertThat(Bytes.all(data.store(), Table.META))
          .anySatisfy(row -> assertThat(row).startsWith("loss accepted after change 20="));
    }
  }

  @Test
  void aDataDirectoryIsItsOwnersAlone() throws Exception {
    fill();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data())))
        .isEqualTo("rwx------");
  }
}
