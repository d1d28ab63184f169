package dev.tutti.store.rocksdb;

/** A data directory can't be used; the message is one sentence that says why and what to do. */
public final class DataDirectoryException extends RuntimeException {
  DataDirectoryException(String message) {
    super(message);
  }

  DataDirectoryException(String message, Throwable cause) {
    super(message, cause);
  }
}
