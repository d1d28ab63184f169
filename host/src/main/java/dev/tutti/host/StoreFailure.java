package dev.tutti.host;

/** A store could not do what it promises. After a failed commit nobody knows what is on disk. */
public final class StoreFailure extends RuntimeException {
  public StoreFailure(String message, Throwable cause) {
    super(message, cause);
  }

  public StoreFailure(String message) {
    super(message);
  }
}
