package dev.tutti.wire.http;

/** Which operations the embedder performs. All others are refused by name. */
@FunctionalInterface
public interface Served {
  /** Names as in {@link dev.tutti.wire.Call}. */
  boolean isServed(String service, String operation);
}
