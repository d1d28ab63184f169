package dev.tutti.services.events;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.json.Json;
import dev.tutti.core.json.MalformedJson;
import dev.tutti.core.pattern.Patterns;
import dev.tutti.services.Exchange;
import dev.tutti.services.Operation;
import dev.tutti.wire.ServiceError;
import java.util.List;
import java.util.Optional;

/** TestEventPattern: whether a pattern matches an event, which has to look like one. */
final class TestEventPattern implements Operation {
  private static final List<String> REQUIRED =
      List.of("id", "account", "source", "time", "region", "detail-type");

  @Override
  public JsonNode perform(Exchange exchange) {
    String pattern = Members.required(exchange.input(), "EventPattern");
    Optional<String> fault = Patterns.fault(pattern);
    if (fault.isPresent()) {
      throw new ServiceError(
          "InvalidEventPatternException", "Event pattern is not valid. Reason: " + fault.get());
    }
    String event = Members.required(exchange.input(), "Event");
    if (!isEvent(event)) {
      throw new ServiceError(Members.INVALID, "Parameter Event is not valid.");
    }
    return Json.object().put("Result", Patterns.matches(pattern, event));
  }

  private static boolean isEvent(String text) {
    try {
      JsonNode event = Json.parse(text);
      return REQUIRED.stream().allMatch(event::has);
    } catch (MalformedJson e) {
      return false;
    }
  }
}
