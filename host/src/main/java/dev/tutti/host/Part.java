package dev.tutti.host;

/**
 * A part of an engine that has something to do now and then: a shard, the timers. It is driven by
 * one thread at a time.
 */
public interface Part {
  String name();

  /**
   * From when on it has something to do, epoch milliseconds: {@link Long#MIN_VALUE} for at once,
   * {@link Long#MAX_VALUE} for not before something comes.
   */
  long dueMillis();

  /** As {@link #dueMillis}, without what stands on its own ({@link Engine.Builder#standing}). */
  default long awaitedMillis() {
    return dueMillis();
  }

  /** Does what there is to do at the moment, without waiting for more. */
  void step();

  /** Waits until there is something to do; returns false once there will never be. */
  boolean await() throws InterruptedException;

  /** Lets {@link #await} return false once nothing waits. */
  void stop();
}
