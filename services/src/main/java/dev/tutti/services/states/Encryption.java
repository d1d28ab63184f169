package dev.tutti.services.states;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** How definitions and data are encrypted: as AWS does it by default, by nobody's own key. */
final class Encryption {
  private static final String OWNED = "AWS_OWNED_KEY";

  private Encryption() {}

  /** Refuses a key of the caller's own, which there is none to hold here. */
  static void check(JsonNode input) {
    if (!input.path("encryptionConfiguration").path("type").asText(OWNED).equals(OWNED)) {
      throw Inputs.notYet("A customer managed key");
    }
  }

  static void describe(ObjectNode output) {
    output.putObject("encryptionConfiguration").put("type", OWNED);
  }
}
