package dev.tutti.torture;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What is done to a runtime. */
public enum Kind {
  /** {@code kill -9} at a random moment. */
  KILL,
  /** {@code kill -9} at the Nth write, fsync or rename. */
  KILL_AT,
  /** Everything that was not fsynced is gone. */
  POWER,
  /** Files are changed, cut, emptied, removed, or put back as they were. */
  DAMAGE,
  /** The disk fills up, to the last byte. */
  DISK_FULL,
  /** A write or an fsync fails. */
  IO_ERROR,
  /** {@code kill -9} with fifty targets, some dead, slow, duplicating or lying. */
  CHOREOGRAPHY,
  /** Nothing is killed: one of fifty targets is dead, or slow, and the others are measured. */
  ISOLATION,
  /** Each fsync takes 20 ms longer. */
  SLOW_DISK;

  /** As it is written on the command line, for example {@code kill-at}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public static Optional<Kind> of(String text) {
    return Stream.of(values()).filter(kind -> kind.text().equals(text)).findFirst();
  }
}
