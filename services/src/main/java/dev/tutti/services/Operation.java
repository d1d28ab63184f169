package dev.tutti.services;

import com.fasterxml.jackson.databind.JsonNode;

/** One operation of a service: a method that blocks until its work is durable. */
@FunctionalInterface
public interface Operation {
  /**
   * Performs the call of an exchange.
   *
   * @return the output's members by their model names
   * @throws dev.tutti.wire.ServiceError the error that AWS answers
   */
  JsonNode perform(Exchange exchange);
}
