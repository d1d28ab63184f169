package dev.tutti.app;

/** What the user has to know and can mend: shown as one sentence, without a stack trace. */
final class Complaint extends RuntimeException {
  Complaint(String message) {
    super(message);
  }

  Complaint(String message, Throwable cause) {
    super(message, cause);
  }
}
