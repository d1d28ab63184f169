package dev.tutti.store.rocksdb;

import dev.tutti.host.Batch;
import dev.tutti.host.Store.Table;
import dev.tutti.host.StoreFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** Programs that tests run as processes of their own, and then do harm to. */
final class Child {
  private Child() {}

  /** The command that runs a program with arguments. */
  static List<String> command(Class<?> program, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-XX:+UseSerialGC"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
    command.addAll(List.of(arguments));
    return command;
  }

  static Process start(Class<?> program, String... arguments) throws IOException {
    return start(command(program, arguments));
  }

  static Process start(List<String> command) throws IOException {
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  private static void say(String line) {
    System.out.println(line);
    System.out.flush();
  }

  /** Opens a data directory and holds it until its input ends. */
  static final class Open {
    private Open() {}

    public static void main(String[] arguments) throws IOException {
      try (DataDirectory data = DataDirectory.open(Path.of(arguments[0]))) {
        say("open");
        while (System.in.read() >= 0) {
          data.path();
        }
      } catch (DataDirectoryException e) {
        say(String.valueOf(e.getMessage()));
        System.exit(1);
      }
    }
  }

  /**
   * Two threads commit numbers 1, 2, … each, from where the store ends, and say each number once it
   * is acknowledged: "THREAD NUMBER". A batch has a fact, a log entry and an owed effect, and takes
   * the one before back.
   */
  static final class Commits {
    private Commits() {}

    public static void main(String[] arguments) {
      DataDirectory data = DataDirectory.open(Path.of(arguments[0]));
      for (String name : List.of("a", "b")) {
        Thread.ofPlatform().start(() -> commit(data.store(), name));
      }
    }

    static long end(RocksStore store, String name) {
      var last = store.last(Table.LOG, Bytes.of(name, 0), Bytes.of(name, Long.MAX_VALUE));
      return last == null ? 0 : java.nio.ByteBuffer.wrap(last.key(), 1, 8).getLong();
    }

    private static void commit(RocksStore store, String name) {
      for (long i = end(store, name) + 1; true; i++) {
        Batch batch = new Batch();
        batch.put(Table.FACTS, Bytes.of(name, i), Bytes.of("x".repeat((int) (i % 5000))));
        batch.put(Table.LOG, Bytes.of(name, i), Bytes.of("log"));
        batch.put(Table.OWED, Bytes.of(name, i), Bytes.of("owed"));
        batch.delete(Table.OWED, Bytes.of(name, i - 1));
        store.commit(batch);
        say(name + " " + i);
      }
    }
  }

  /** Commits 64 KB at a time until that fails; says how far it got and how it failed. */
  static final class UntilFailure {
    private UntilFailure() {}

    public static void main(String[] arguments) {
      RocksStore store = RocksStore.open(Path.of(arguments[0]));
      say("acknowledged " + fill(store));
      say(tryCommit(store));
      say("read " + Bytes.all(store, Table.LOG).size());
      store.close();
    }

    /** Returns how many commits were acknowledged. */
    static long fill(RocksStore store) {
      byte[] value = new byte[64 << 10];
      new java.util.SplittableRandom(1).nextBytes(value);
      for (long i = 1; true; i++) {
        Batch batch = new Batch();
        batch.put(Table.FACTS, Bytes.of("f", i), value);
        batch.put(Table.LOG, Bytes.of("l", i), Bytes.of("log"));
        try {
          store.commit(batch);
        } catch (StoreFailure e) {
          return i - 1;
        }
      }
    }

    static String tryCommit(RocksStore store) {
      Batch batch = new Batch();
      batch.put(Table.META, Bytes.of("small"), Bytes.of("1"));
      try {
        store.commit(batch);
        return "accepted";
      } catch (StoreFailure e) {
        return "refused " + e.getMessage();
      }
    }
  }

  /** Fills a disk by commits, then to the last byte, and opens again. */
  static final class FullDisk {
    private FullDisk() {}

    public static void main(String[] arguments) throws IOException {
      Path disk = Path.of(arguments[0]);
      long acknowledged;
      try (DataDirectory data = DataDirectory.open(disk.resolve("data"))) {
        acknowledged = UntilFailure.fill(data.store());
        say(UntilFailure.tryCommit(data.store()));
      }
      fillUp(disk.resolve("filler"));
      say("free " + Files.getFileStore(disk).getUsableSpace());
      try (DataDirectory data = DataDirectory.open(disk.resolve("data"))) {
        say("lost " + (acknowledged - Bytes.all(data.store(), Table.LOG).size()));
      }
    }

    private static void fillUp(Path filler) throws IOException {
      try (var out =
          Files.newByteChannel(filler, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
        while (out.write(java.nio.ByteBuffer.allocate(4096)) > 0) {
          out.position();
        }
      } catch (IOException full) {
        say("filled: " + full.getMessage());
      }
    }
  }
}
