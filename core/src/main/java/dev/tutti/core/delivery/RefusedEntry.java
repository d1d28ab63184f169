package dev.tutti.core.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.kernel.Outcome;
import java.util.Optional;

/**
 * An event that PutEvents didn't take. The call succeeds whatever becomes of its entries (AWS's
 * page "Sending events with PutEvents"), so who has an event to deliver looks at them.
 */
public final class RefusedEntry {
  /** PutEvents gives entries no status; the errors that may pass are known by their names. */
  private static final int STATUS = 400;

  private RefusedEntry() {}

  /**
   * Why the first of the refused entries was.
   *
   * @param output of PutEvents; in that of another operation nothing is found
   */
  public static Optional<Outcome.Failed> in(JsonNode output) {
    if (output.path("FailedEntryCount").asInt() > 0) {
      for (JsonNode entry : output.path("Entries")) {
        if (entry.hasNonNull("ErrorCode")) {
          return Optional.of(
              new Outcome.Failed(
                  "events",
                  entry.path("ErrorCode").asText(),
                  entry.path("ErrorMessage").asText(),
                  STATUS));
        }
      }
    }
    return Optional.empty();
  }
}
