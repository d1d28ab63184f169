package dev.tutti.runner;

/** A request of the Runtime API that is refused; it has changed nothing. */
final class Refusal extends Exception {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String type;

  private Refusal(int status, String type, String message) {
    super(message, null, false, false);
    this.status = status;
    this.type = type;
  }

  static Refusal unknownRequest() {
    return new Refusal(400, "InvalidRequestID", "Invalid request ID");
  }

  static Refusal transition(String from, String to) {
    return new Refusal(
        403,
        "InvalidStateTransition",
        "State transition from " + from + " to " + to + " failed for runtime.");
  }

  static Refusal gone() {
    return new Refusal(410, "Gone", "This runtime has been ended");
  }

  int status() {
    return status;
  }

  String type() {
    return type;
  }
}
