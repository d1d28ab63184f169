package dev.tutti.services.gateway;

import org.jspecify.annotations.Nullable;

/**
 * The gateways of a runtime.
 *
 * @param push takes pushes; null where nobody does
 * @param text takes text messages; null where nobody does
 */
public record Gateways(@Nullable Gateway push, @Nullable Gateway text) {

  /** Where no phone can be reached. */
  public static final Gateways NONE = new Gateways(null, null);
}
