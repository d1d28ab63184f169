package dev.tutti.services.events;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.events.BusArn;
import dev.tutti.core.events.EventCommand;
import dev.tutti.core.events.Events;
import dev.tutti.services.Exchange;
import dev.tutti.services.Operation;

/**
 * How a rule's delivery brings an event to another bus, with its id, account, source and time as
 * they were. Not an operation of AWS's: nothing outside this runtime may call it, as it believes
 * what the event says.
 *
 * <p>Input: {@code EventBusArn}, {@code Event}, {@code Hops} (ARNs of the buses before, in order).
 */
final class ForwardEvent implements Operation {
  @Override
  public JsonNode perform(Exchange exchange) {
    JsonNode input = exchange.input();
    JsonNode event = input.path("Event");
    BusArn bus =
        BusArn.parse(Members.required(input, "EventBusArn"))
            .orElseThrow(() -> Members.notAnArn("EventBusArn"));
    return exchange.ask(
        Events.key(bus, event.path("id").asText()),
        new EventCommand.Accept(
            exchange.context(),
            bus.text(),
            event,
            Members.texts(input.path("Hops")),
            exchange.cause().lineage()));
  }
}
