package dev.tutti.runner;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Locale;

/** The errors that Lambda itself words, as JSON. */
final class ErrorDocument {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private ErrorDocument() {}

  static byte[] of(String type, String message) {
    try {
      return MAPPER.writeValueAsBytes(
          JsonNodeFactory.instance
              .objectNode()
              .put("errorType", type)
              .put("errorMessage", message));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("two texts are always JSON", e);
    }
  }

  static byte[] timeout(String requestId, double seconds) {
    return of("Sandbox.Timedout", "RequestId: " + requestId + " Error: " + timedOut(seconds));
  }

  static String timedOut(double seconds) {
    return String.format(Locale.ROOT, "Task timed out after %.2f seconds", seconds);
  }

  static byte[] exit(String requestId, int status) {
    return of("Runtime.ExitError", "RequestId: " + requestId + " Error: " + exited(status));
  }

  static String exited(int status) {
    return status == 0
        ? "Runtime exited without providing a reason"
        : "Runtime exited with error: " + reason(status);
  }

  /** The JDK gives 128 and the signal's number for a process that a signal ended. */
  private static String reason(int status) {
    return switch (status) {
      case 134 -> "signal: aborted";
      case 137 -> "signal: killed";
      case 139 -> "signal: segmentation fault";
      case 143 -> "signal: terminated";
      default -> "exit status " + status;
    };
  }

  static byte[] entryPoint(String requestId, String why) {
    return of("Runtime.InvalidEntrypoint", "RequestId: " + requestId + " Error: " + why);
  }

  static byte[] responseTooLarge() {
    return of(
        "Function.ResponseSizeTooLarge",
        "Response payload size exceeded maximum allowed payload size ("
            + RuntimeApi.MAX_PAYLOAD
            + " bytes).");
  }
}
