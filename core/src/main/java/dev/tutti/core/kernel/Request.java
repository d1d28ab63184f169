package dev.tutti.core.kernel;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** What an {@link Effect.Call} asks for. */
public sealed interface Request {

  /**
   * An operation through the one door, as the context that owns the effect.
   *
   * @param context account that calls, twelve digits
   * @param service endpoint prefix as in AWS's models, for example {@code lambda}
   * @param operation for example {@code Invoke}
   * @param input the operation's members by their model names
   */
  record Operation(String context, String region, String service, String operation, JsonNode input)
      implements Request {}

  /** A POST to an address outside, for example an SNS subscriber's. */
  record Post(String url, Map<String, String> headers, String body) implements Request {}
}
