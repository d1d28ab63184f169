package dev.tutti.services.events;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.events.BusArn;
import dev.tutti.core.events.BusCommand;
import dev.tutti.core.events.Buses;
import dev.tutti.core.json.Json;
import dev.tutti.services.Exchange;
import dev.tutti.services.Operation;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tags of buses and rules. */
final class TagOperations {
  private static final String ARN = "ResourceARN";

  private final BusQuestions questions;

  TagOperations(Buses buses) {
    this.questions = new BusQuestions(buses);
  }

  Map<String, Operation> operations() {
    return Map.of(
        "TagResource", TagOperations::tag,
        "UntagResource", TagOperations::untag,
        "ListTagsForResource", this::list);
  }

  /**
   * What an ARN names.
   *
   * @param rule null where it is the bus itself
   */
  private record Tagged(BusArn bus, @Nullable String rule) {
    static Tagged of(JsonNode input) {
      String arn = Members.required(input, ARN);
      Optional<Tagged> bus = BusArn.parse(arn).map(found -> new Tagged(found, null));
      return bus.or(
              () -> BusArn.OfRule.parse(arn).map(found -> new Tagged(found.bus(), found.rule())))
          .orElseThrow(() -> Members.notAnArn(ARN));
    }
  }

  private static JsonNode tag(Exchange exchange) {
    Tagged tagged = Tagged.of(exchange.input());
    return exchange.ask(
        Buses.key(tagged.bus()),
        new BusCommand.Tag(exchange.context(), tagged.rule(), Members.tags(exchange.input())));
  }

  private static JsonNode untag(Exchange exchange) {
    Tagged tagged = Tagged.of(exchange.input());
    return exchange.ask(
        Buses.key(tagged.bus()),
        new BusCommand.Untag(
            exchange.context(), tagged.rule(), Members.texts(exchange.input().path("TagKeys"))));
  }

  private JsonNode list(Exchange exchange) {
    Tagged tagged = Tagged.of(exchange.input());
    String rule = tagged.rule();
    String operation = "ListTagsForResource";
    return rule == null
        ? questions.ask(exchange, tagged.bus(), operation, bus -> tags(bus.tags()))
        : questions.askRule(
            exchange, tagged.bus(), rule, operation, (bus, there) -> tags(there.tags()));
  }

  private static JsonNode tags(Map<String, String> tags) {
    return Json.object().set("Tags", Members.tags(tags));
  }
}
