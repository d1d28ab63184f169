package dev.tutti.deploy.resource;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Set;

/**
 * What a resource is to become, and the calls that make it so. A body is made of parts; an update
 * sends only those that changed.
 */
public interface Body {
  /** The part that can't be changed: where it differs, the resource has to get another key. */
  String FIXED = "fixed";

  /** A fingerprint of each part, by the part's name. */
  Map<String, String> parts();

  /** What a later update or deletion has to know, for the stack's record. */
  ObjectNode keep();

  /** Whether it exists already, though no record says that we made it. */
  boolean exists(Client client);

  /**
   * Creates it whole.
   *
   * @return the physical id
   */
  String create(Client client);

  /**
   * Updates what exists.
   *
   * @param changed names of the parts to send
   * @param before what the record says of it; where it wasn't ours, {@link Owned#keep} is empty
   */
  void update(Client client, Set<String> changed, Owned before);
}
