package dev.tutti.bench.limit;

import dev.tutti.bench.server.Folder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What this machine can do at best, by number of callers.
 *
 * @param fsyncs appends of 4 KiB with fdatasync a second, one thread
 * @param commits group commits acknowledged a second, by number of producers
 * @param roundTrips HTTP round trips of an empty handler a second, by number of callers
 */
public record Limits(double fsyncs, Map<Integer, Double> commits, Map<Integer, Double> roundTrips) {

  /**
   * Measures.
   *
   * @param parent on the disk that the server's data is on
   * @param time for each figure
   */
  public static Limits measure(Path parent, Iterable<Integer> callers, Duration time)
      throws IOException, InterruptedException {
    Map<Integer, Double> commits = new LinkedHashMap<>();
    Map<Integer, Double> roundTrips = new LinkedHashMap<>();
    double fsyncs;
    try (Folder folder = Folder.fresh(parent)) {
      fsyncs = Fsync.perSecond(folder.path(), time);
      for (int count : callers) {
        Path store = folder.path().resolve("store-" + count);
        commits.put(count, GroupCommit.perSecond(store, count, time));
      }
    }
    try (EmptyProcess empty = EmptyProcess.start()) {
      for (int count : callers) {
        roundTrips.put(count, empty.perSecond(count, time));
      }
    }
    return new Limits(fsyncs, commits, roundTrips);
  }
}
