package dev.tutti.store.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tutti.host.Store.Table;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Processes that are killed, and disks that fail: what was acknowledged is still there. */
final class CrashTest {
  private static final int KILLS = 10;
  private static final int LONGEST_SECONDS = 50;

  @TempDir Path folder;

  @Test
  @Timeout(180)
  void nothingAcknowledgedIsLostToAKillAndBatchesAreWhole() throws Exception {
    long seed = ThreadLocalRandom.current().nextLong();
    SplittableRandom random = new SplittableRandom(seed);
    for (int kill = 1; kill <= KILLS; kill++) {
      Map<String, Long> acknowledged = runAndKill(random.nextInt(1, 400));
      assertThat(acknowledged).as("the run has begun").isNotEmpty();
      try (DataDirectory data = DataDirectory.open(folder.resolve("data"))) {
        for (var entry : acknowledged.entrySet()) {
          String as = "seed " + seed + ", kill " + kill + ", thread " + entry.getKey();
          check(data.store(), entry.getKey(), entry.getValue(), as);
        }
      }
    }
  }

  /** Returns the last number that each thread said. */
  private Map<String, Long> runAndKill(int afterMillis) throws Exception {
    Process process = Child.start(Child.Commits.class, folder.resolve("data").toString());
    Map<String, Long> said = new ConcurrentHashMap<>();
    CountDownLatch begun = new CountDownLatch(1);
    CompletableFuture<Void> listening = new CompletableFuture<>();
    Thread listener =
        Thread.ofPlatform()
            .start(() -> {
              try (BufferedReader lines = process.inputReader()) {
                listen(lines, said, begun);
                listening.complete(null);
              } catch (IOException e) {
                listening.completeExceptionally(e);
              }
            });
    begun.await();
    assertThat(process.waitFor(afterMillis, TimeUnit.MILLISECONDS)).as("it ran").isFalse();
    process.toHandle().destroyForcibly(); // unlike the process's own, leaves its output to be read
    process.waitFor();
    listener.join();
    listening.join();
    return said;
  }

  private static void listen(BufferedReader lines, Map<String, Long> said, CountDownLatch begun)
      throws IOException {
    String line = lines.readLine();
    String next = lines.readLine();
    while (next != null) { // the last line may be half of one
      int space = line.indexOf(' ');
      said.put(line.substring(0, space), Long.parseLong(line.substring(space + 1)));
      begun.countDown();
      line = next;
      next = lines.readLine();
    }
  }

  private static void check(RocksStore store, String name, long acknowledged, String as) {
    long end = Child.Commits.end(store, name);
    assertThat(end).as(as).isGreaterThanOrEqualTo(acknowledged);
    List<Integer> lengths = new ArrayList<>();
    store.scan(
        Table.FACTS,
        Bytes.of(name, 1),
        Bytes.of(name, Long.MAX_VALUE),
        (key, value) -> lengths.add(value.length));
    assertThat(lengths).as(as).hasSize((int) end);
    for (int i = 0; i < lengths.size(); i++) {
      assertThat(lengths.get(i)).as(as).isEqualTo((i + 1) % 5000);
    }
    assertThat(Bytes.scan(store, Table.LOG, Bytes.of(name, 1), Bytes.of(name, Long.MAX_VALUE)))
        .as(as)
        .hasSize((int) end);
    assertThat(store.get(Table.OWED, Bytes.of(name, end))).as(as).isNotNull();
    assertThat(Bytes.scan(store, Table.OWED, Bytes.of(name, 0), Bytes.of(name, Long.MAX_VALUE)))
        .as(as)
        .hasSize(1);
  }

  /** The limit on a file's size stands for a disk that fails to write. */
  @Test
  @Timeout(60)
  void afterAFailedWriteEveryCommitIsRefusedAndReadsGoOn() throws Exception {
    Path place = folder.resolve("store");
    RocksStore.open(place).close();
    List<String> command = new ArrayList<>(List.of("bash", "-c", "ulimit -f 15000; exec \"$@\""));
    command.add("bash");
    command.addAll(Child.command(Child.UntilFailure.class, place.toString()));
    Process process = Child.start(command);
    List<String> lines = lines(process);
    assertThat(process.waitFor()).isZero();
    assertThat(lines).hasSize(3);
    assertThat(lines.get(0)).matches("acknowledged [1-9]\\d*");
    long acknowledged = Long.parseLong(lines.get(0).substring("acknowledged ".length()));
    assertThat(lines.get(1)).startsWith("refused the store accepts no changes since it failed");
    assertThat(lines.get(2)).isEqualTo("read " + acknowledged);
    try (RocksStore store = RocksStore.open(place)) {
      assertThat(Bytes.all(store, Table.LOG).size())
          .isBetween((int) acknowledged, (int) acknowledged + 1);
    }
  }

  /** A small disk of its own, where the system lets a user have one. */
  @Test
  @Timeout(120)
  void aFullDiskLosesNothingAndTheStoreOpensOnItsBallast() throws Exception {
    assumeTrue(canMount(), "user namespaces are needed");
    String mounting = "mount -t tmpfs -o size=400m none \"$0\" && exec \"$@\"";
    List<String> command =
        new ArrayList<>(List.of("unshare", "-rm", "sh", "-c", mounting, folder.toString()));
    command.addAll(Child.command(Child.FullDisk.class, folder.toString()));
    Process process = Child.start(command);
    List<String> lines = lines(process);
    assertThat(lines)
        .satisfiesExactly(
            line -> assertThat(line).startsWith("refused the store accepts no changes"),
            line -> assertThat(line).startsWith("filled: No space left"),
            line -> assertThat(line).isEqualTo("free 0"),
            line -> assertThat(line).isIn("lost 0", "lost -1"));
    assertThat(process.waitFor()).isZero();
  }

  /** All that a process says; one that doesn't end is ended, and has said too little then. */
  private static List<String> lines(Process process) {
    process
        .onExit()
        .orTimeout(LONGEST_SECONDS, TimeUnit.SECONDS)
        .exceptionally(_ -> process.toHandle().destroyForcibly() ? process : null);
    return process.inputReader().lines().toList();
  }

  private static boolean canMount() throws IOException, InterruptedException {
    return new ProcessBuilder("unshare", "-rm", "true").start().waitFor() == 0;
  }
}
