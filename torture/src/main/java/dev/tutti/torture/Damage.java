package dev.tutti.torture;

import dev.tutti.host.LogCheck;
import dev.tutti.host.Store;
import dev.tutti.host.Store.Table;
import dev.tutti.host.StoreFailure;
import dev.tutti.store.rocksdb.DataDirectory;
import dev.tutti.store.rocksdb.DataDirectoryException;
import dev.tutti.store.rocksdb.RocksStore;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Damages a copy of a data directory, opens it as a runtime does, and reads everything: it is
 * refused, or as it was; never silently something else. What is refused and says up to which change
 * it is whole, is cut back to that, and then opens with a whole log.
 */
final class Damage {
  private final Path original;
  private final Path older;
  private final Path copy;
  private final String truth;
  private final Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);

  /** What may become of damaged data. */
  enum Outcome {
    /** Nothing that is read has changed. */
    EQUAL,
    /** It isn't opened, or not read to the end, and nobody knows a way out. */
    REFUSED,
    /** It was refused, and cut back to the change that was named. */
    REPAIRED
  }

  /**
   * A damager.
   *
   * @param original a data directory that was closed in order
   * @param older the same at an earlier time
   * @param copy a folder that is not there
   */
  Damage(Path original, Path older, Path copy) {
    this.original = original;
    this.older = older;
    this.copy = copy;
    this.truth = read(original);
  }

  /** All files that hold data. */
  List<Path> files() {
    try (Stream<Path> files = Files.walk(original)) {
      return files
          .filter(Files::isRegularFile)
          .map(original::relativize)
          .filter(Damage::holdsData)
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static boolean holdsData(Path file) {
    String name = file.toString();
    return name.equals("FORMAT") || name.startsWith("store");
  }

  /** Flips one bit somewhere. */
  void flip(SplittableRandom random) {
    List<Path> files =
        files().stream().filter(file -> original.resolve(file).toFile().length() > 0).toList();
    Path file = files.get(random.nextInt(files.size()));
    long at = random.nextLong(original.resolve(file).toFile().length());
    int bit = 1 << random.nextInt(8);
    damage(
        "bit " + bit + " of byte " + at + " of " + file + " flipped",
        () -> {
          try (RandomAccessFile bytes = new RandomAccessFile(copy.resolve(file).toFile(), "rw")) {
            bytes.seek(at);
            int before = bytes.read();
            bytes.seek(at);
            bytes.write(before ^ bit);
          }
        });
  }

  /** Each file is cut, emptied with zeros, removed, and put back as it was earlier. */
  void eachFile(SplittableRandom random) {
    for (Path file : files()) {
      Path damaged = copy.resolve(file);
      long length = original.resolve(file).toFile().length();
      damage(file + " removed", () -> Files.delete(damaged));
      if (length > 0) {
        long to = random.nextLong(length);
        damage(
            file + " cut to " + to + " bytes",
            () -> {
              try (RandomAccessFile bytes = new RandomAccessFile(damaged.toFile(), "rw")) {
                bytes.setLength(to);
              }
            });
        damage(file + " zeroed", () -> Files.write(damaged, new byte[(int) length]));
      }
      if (Files.exists(older.resolve(file))) {
        damage(
            file + " as it was earlier",
            () -> Files.copy(older.resolve(file), damaged, StandardCopyOption.REPLACE_EXISTING));
      }
    }
  }

  private interface Harm {
    void come() throws IOException;
  }

  private void damage(String what, Harm harm) {
    try {
      if (Files.exists(copy)) {
        Torture.delete(copy);
      }
      copy(original, copy);
      // Room to open on a full disk: the same for each copy, as it takes long to make.
      Files.createLink(copy.resolve("ballast"), original.resolve("ballast"));
      harm.come();
      outcomes.merge(outcome(what), 1, Integer::sum);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private Outcome outcome(String what) {
    try (DataDirectory data = DataDirectory.open(copy)) {
      LogCheck.Result log = LogCheck.whole(data.store());
      if (!log.faults().isEmpty()) {
        return Outcome.REFUSED;
      }
      if (!digest(data.store()).equals(truth)) {
        throw new Violation("I3: " + what + ": something else is read, and nothing is said");
      }
      return Outcome.EQUAL;
    } catch (StoreFailure unreadable) {
      return Outcome.REFUSED;
    } catch (DataDirectoryException refused) {
      String said = String.valueOf(refused.getMessage());
      int at = said.indexOf("--accept-loss-after=");
      if (at < 0) {
        return Outcome.REFUSED;
      }
      repair(what, Long.parseLong(said.substring(at + 20)));
      return Outcome.REPAIRED;
    }
  }

  private void repair(String what, long after) {
    var _ = DataDirectory.acceptLoss(copy, after);
    try (DataDirectory data = DataDirectory.open(copy)) {
      LogCheck.Result log = LogCheck.whole(data.store());
      if (!log.faults().isEmpty()) {
        throw new Violation("I3: " + what + ", repaired: " + log.faults());
      }
    }
  }

  static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path name = from.relativize(file);
        if (Files.isRegularFile(file) && holdsData(name)) {
          Path there = to.resolve(name);
          Files.createDirectories(java.util.Objects.requireNonNull(there.getParent()));
          Files.copy(file, there);
        }
      }
    }
  }

  private static String read(Path data) {
    try (RocksStore store = RocksStore.openReadOnly(data.resolve("store"))) {
      return digest(store);
    }
  }

  /** Everything that a store holds, as one hash. */
  private static String digest(Store store) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (Table table : Table.values()) {
        byte[] name = table.name().getBytes(StandardCharsets.UTF_8);
        store.scan(
            table,
            new byte[0],
            new byte[] {(byte) 0xff, (byte) 0xff},
            (key, value) -> {
              digest.update(name);
              digest.update(key);
              digest.update((byte) 0);
              digest.update(value);
              return true;
            });
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  String figures() {
    return "0 silently wrong, " + new TreeMap<>(outcomes);
  }
}
