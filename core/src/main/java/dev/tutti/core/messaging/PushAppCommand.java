package dev.tutti.core.messaging;

import dev.tutti.core.kernel.Command;
import java.util.Map;

/**
 * What somebody wants of a platform application or its endpoints. Attributes are validated, and
 * secrets sealed, by whoever sends them.
 */
public sealed interface PushAppCommand extends Command {

  /**
   * Creates it; where it is, changes nothing.
   *
   * @param secrets sealed, by the attribute's name
   */
  record Create(Map<String, String> attributes, Map<String, String> secrets)
      implements PushAppCommand {}

  /** Sets some of its attributes; an empty value takes one back. */
  record SetAttributes(Map<String, String> attributes, Map<String, String> secrets)
      implements PushAppCommand {}

  /** Deletes it with its endpoints; where it isn't, changes nothing. */
  record Delete() implements PushAppCommand {}

  /**
   * Creates an endpoint; where the token has one with the same attributes, answers that.
   *
   * @param id the new endpoint's UUID
   * @param attributes all of them, {@code Token} too
   */
  record CreateEndpoint(String id, Map<String, String> attributes) implements PushAppCommand {}

  /** Sets some of an endpoint's attributes; an empty value takes one back. */
  record SetEndpointAttributes(String endpointArn, Map<String, String> attributes)
      implements PushAppCommand {}

  /** Deletes an endpoint; where it isn't, changes nothing. */
  record DeleteEndpoint(String endpointArn) implements PushAppCommand {}
}
