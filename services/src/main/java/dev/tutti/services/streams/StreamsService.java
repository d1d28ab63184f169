package dev.tutti.services.streams;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.events.BusArn;
import dev.tutti.core.events.Buses;
import dev.tutti.core.events.EventCommand;
import dev.tutti.core.events.Events;
import dev.tutti.core.events.Permissions;
import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.Reply;
import dev.tutti.core.pattern.Patterns;
import dev.tutti.services.Exchange;
import dev.tutti.services.Operation;
import dev.tutti.services.Service;
import dev.tutti.wire.ServiceError;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a stream asks of the door, so that who may is decided where everything is.
 *
 * <ul>
 *   <li>{@code Publish {Bus, CloudEvent}} → {@code {EventId}}. The same id from the same source is
 *       the same event: sent again, it changes nothing.
 *   <li>{@code Subscribe {Bus, Pattern?}} → {@code {}}: whether the caller may read the bus. Its
 *       owner may; another context where the bus's policy lets it subscribe ({@code
 *       events:PutRule}).
 * </ul>
 */
public final class StreamsService implements Service {
  /** Greatest size of a CloudEvent, in bytes, which is that of an event. */
  private static final int MAX_BYTES = 1024 * 1024;

  private final Buses buses;

  public StreamsService(Buses buses) {
    this.buses = buses;
  }

  @Override
  public String name() {
    return "streams";
  }

  @Override
  public Map<String, Operation> operations() {
    return Map.of("Publish", this::publish, "Subscribe", this::subscribe);
  }

  private JsonNode publish(Exchange exchange) {
    BusArn bus = bus(exchange);
    JsonNode given = exchange.input().path("CloudEvent");
    CloudEvents.check(given);
    if (Json.bytes(given).length > MAX_BYTES) {
      throw new ServiceError(
          "RequestEntityTooLarge", "The event is larger than " + MAX_BYTES + " bytes.", 413);
    }
    checkExists(exchange, bus);
    ObjectNode event = CloudEvents.event(bus.text(), exchange.context(), exchange.region(), given);
    Reply reply =
        exchange.send(
            Events.key(bus, event.path("id").asText()),
            new EventCommand.Accept(
                exchange.context(), bus.text(), event, List.of(), exchange.cause().lineage()));
    return switch (reply) {
      case Reply.Done done -> done.value();
      case Reply.Refused refused -> throw refusal(refused.code(), refused.message());
    };
  }

  private JsonNode subscribe(Exchange exchange) {
    BusArn bus = bus(exchange);
    String pattern = exchange.input().path("Pattern").asText("");
    if (!pattern.isEmpty()) {
      Optional<String> fault = Patterns.fault(pattern);
      if (fault.isPresent()) {
        throw new ServiceError(
            "InvalidEventPatternException", "Event pattern is not valid. Reason: " + fault.get());
      }
    }
    checkExists(exchange, bus);
    Optional<String> refusal =
        exchange
            .reader()
            .read(
                Buses.key(bus),
                buses,
                state -> Permissions.refusalToRead(state, exchange.context(), pattern));
    if (refusal.isPresent()) {
      throw refusal("AccessDeniedException", refusal.get());
    }
    return Json.object();
  }

  private void checkExists(Exchange exchange, BusArn bus) {
    boolean exists = exchange.reader().read(Buses.key(bus), buses, state -> state.exists());
    if (!exists) {
      throw new ServiceError(
          "ResourceNotFoundException", "Event bus " + bus.name() + " does not exist.", 404);
    }
  }

  private static ServiceError refusal(String code, String message) {
    return new ServiceError(code, message, code.equals("AccessDeniedException") ? 403 : 400);
  }

  private static BusArn bus(Exchange exchange) {
    String text = exchange.input().path("Bus").asText();
    return BusArn.parse(text)
        .orElseThrow(() -> new ServiceError("ValidationException", "There is no bus " + text, 404));
  }
}
