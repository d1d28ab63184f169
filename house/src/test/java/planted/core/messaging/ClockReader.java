package planted.core.messaging;

/** Breaks a rule on purpose. */
public final class ClockReader {
  public long now() {
    return System.currentTimeMillis();
  }
}
