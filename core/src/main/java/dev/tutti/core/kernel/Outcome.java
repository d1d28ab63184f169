package dev.tutti.core.kernel;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** How an {@link Effect.Call} ended. */
public sealed interface Outcome {

  /** The operation's output. */
  record Succeeded(JsonNode output) implements Outcome {}

  /**
   * It failed.
   *
   * @param service the service that answered, for example {@code lambda}; or {@code http}
   * @param error the error's name, for example {@code ResourceNotFoundException}
   * @param status HTTP status of the answer; 0 where there was none
   * @param retryAfterSeconds how long the target asks to be left alone; negative asks for ever;
   *     null where it says nothing
   */
  record Failed(
      String service, String error, String message, int status, @Nullable Long retryAfterSeconds)
      implements Outcome {
    private static final String UNTRIED = "TargetUnavailable";

    /** A failure of which the target doesn't say when to come back. */
    public Failed(String service, String error, String message, int status) {
      this(service, error, message, status, null);
    }

    /** That of a patient call whose time ran out before its target was back: nothing was sent. */
    public static Failed untried() {
      return new Failed("tutti", UNTRIED, "The target did not come back in time.", 0);
    }

    /** Whether nothing was sent at all. */
    public boolean isUntried() {
      return service.equals("tutti") && error.equals(UNTRIED);
    }
  }
}
