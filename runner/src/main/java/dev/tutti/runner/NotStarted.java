package dev.tutti.runner;

/** A process that could not be started, for a reason that lies with the function. */
final class NotStarted extends Exception {
  private static final long serialVersionUID = 1L;

  NotStarted(String message) {
    super(message);
  }

  NotStarted(String message, Throwable cause) {
    super(message, cause);
  }
}
