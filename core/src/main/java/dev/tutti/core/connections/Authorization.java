package dev.tutti.core.connections;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * How a connection authorizes.
 *
 * @param parameters {@code AuthParameters} as DescribeConnection answers them: nothing secret
 * @param sealed all of them, encrypted under the data directory's key; empty where they were
 *     removed
 */
public record Authorization(Type type, JsonNode parameters, String sealed) {

  /** AWS's {@code AuthorizationType}. */
  public enum Type {
    API_KEY,
    BASIC,
    OAUTH_CLIENT_CREDENTIALS;

    /** Whether a token has to be had first. */
    boolean needsToken() {
      return this == OAUTH_CLIENT_CREDENTIALS;
    }
  }

  /** The same, with nothing left to open. */
  Authorization removed() {
    return new Authorization(type, parameters, "");
  }

  /** Says nothing of what is sealed. */
  @Override
  public String toString() {
    return "Authorization[" + type + "]";
  }
}
