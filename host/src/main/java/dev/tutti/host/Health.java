package dev.tutti.host;

import dev.tutti.core.kernel.Outcome;

/** What the outcome of a call says of its target, whatever it says of the call. */
enum Health {
  /** It answered; a refusal is an answer. */
  WELL,
  /** It asks for less. */
  BUSY,
  /** It can't be reached, doesn't answer in time, or is broken. */
  DOWN;

  private static final int TOO_MANY_REQUESTS = 429;
  private static final int SERVER_ERROR = 500;

  static Health of(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Succeeded _ -> WELL;
      case Outcome.Failed failed -> of(failed);
    };
  }

  private static Health of(Outcome.Failed failed) {
    String error = failed.error();
    if (failed.status() == TOO_MANY_REQUESTS
        || error.contains("Throttl")
        || error.contains("TooManyRequests")
        || error.contains("RequestLimitExceeded")) {
      return BUSY;
    }
    return failed.status() == 0 || failed.status() >= SERVER_ERROR ? DOWN : WELL;
  }
}
