package dev.tutti.runner.log;

/**
 * How much is kept.
 *
 * @param segmentBytes size at which a stream's file is put aside; a stream keeps that one and the
 *     one being written
 * @param groupBytes size of a log group's files at which the oldest are removed when another
 *     process starts
 */
public record LogBounds(long segmentBytes, long groupBytes) {
  /** 8 MiB a file, 128 MiB a group. */
  public static LogBounds standard() {
    return new LogBounds(8L << 20, 128L << 20);
  }
}
