package dev.tutti.services.secretsmanager;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.wire.ServiceError;
import java.util.Optional;

/**
 * A secret's value in the clear; lives only while it is used.
 *
 * @param text the value; base64 where it is binary
 */
record Content(boolean binary, String text) {
  private static final String STRING = "SecretString";
  private static final String BINARY = "SecretBinary";

  /** What a request brings; empty where it brings none. */
  static Optional<Content> of(JsonNode input) {
    if (input.hasNonNull(STRING) && input.hasNonNull(BINARY)) {
      throw new ServiceError(
          "InvalidParameterException",
          "You can't specify both a binary secret value and a string secret value in the same"
              + " secret.");
    }
    if (input.hasNonNull(STRING)) {
      return Optional.of(new Content(false, input.path(STRING).asText()));
    }
    return input.hasNonNull(BINARY)
        ? Optional.of(new Content(true, input.path(BINARY).asText()))
        : Optional.empty();
  }

  /** The form in which it is sealed. */
  String written() {
    return (binary ? "b" : "s") + text;
  }

  static Content read(String written) {
    return new Content(written.charAt(0) == 'b', written.substring(1));
  }

  void into(ObjectNode output) {
    output.put(binary ? BINARY : STRING, text);
  }

  /** Says nothing of what it is. */
  @Override
  public String toString() {
    return "Content[" + (binary ? BINARY : STRING) + "]";
  }
}
