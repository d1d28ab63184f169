package dev.tutti.runner.log;

/**
 * How much is kept.
 *
 * @param segmentBytes size at which a stream's file is put aside; a stream keeps that one and the
 *     one being written
 * @param groupBytes size of a log group's files at which the oldest are removed when another
 *     process starts
 * @param groupStreams number of a log group's streams at which the oldest are removed
 */
public record LogBounds(long segmentBytes, long groupBytes, int groupStreams) {
  /** 8 MiB a file, 128 MiB and 2,000 streams a group. */
  public static LogBounds standard() {
    return new LogBounds(8L << 20, 128L << 20, 2_000);
  }
}
