package dev.tutti.core.asl.data;

/**
 * Where chance comes from: the caller binds it to what it has logged, so that a replay of the log
 * draws the same. Each call draws anew.
 */
public interface Entropy {
  /** A fraction from 0 inclusive to 1 exclusive, evenly spread. */
  double fraction();

  /** A random (version 4) UUID in lower case. */
  String uuid();

  /** The time of the decision that draws, epoch milliseconds; the same for all its draws. */
  long millis();
}
