package dev.tutti.services.events;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.events.Bus;
import dev.tutti.core.events.BusArn;
import dev.tutti.core.events.Buses;
import dev.tutti.core.events.Permissions;
import dev.tutti.core.events.Rule;
import dev.tutti.core.kernel.Reply;
import dev.tutti.services.Exchange;
import dev.tutti.wire.ServiceError;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Questions to a bus's state, asked only where the caller may. */
final class BusQuestions {
  private static final String NOT_FOUND = "ResourceNotFoundException";

  private final Buses buses;

  BusQuestions(Buses buses) {
    this.buses = buses;
  }

  /** Asks about a bus. */
  JsonNode ask(Exchange exchange, BusArn arn, String operation, Function<Bus, JsonNode> question) {
    return answer(exchange, arn, operation, null, bus -> new Reply.Done(question.apply(bus)));
  }

  /** Refuses a bus that isn't there, or isn't the caller's own. */
  void ownBus(Exchange exchange, BusArn arn) {
    boolean exists =
        arn.account().equals(exchange.context())
            && exchange.reader().read(Buses.key(arn), buses, Bus::exists);
    if (!exists) {
      throw new ServiceError(NOT_FOUND, "Event bus " + arn.name() + " does not exist.");
    }
  }

  /** Whether a rule of it has a target that wants its messages in order. */
  boolean hasFifoTargets(Exchange exchange, BusArn arn) {
    return exchange
        .reader()
        .read(
            Buses.key(arn),
            buses,
            bus ->
                bus.rules().values().stream()
                    .flatMap(rule -> rule.targets().stream())
                    .anyMatch(target -> target.messageGroup() != null));
  }

  /** Asks about one of its rules, which has to be there. */
  JsonNode askRule(
      Exchange exchange,
      BusArn arn,
      String name,
      String operation,
      BiFunction<Bus, Rule, JsonNode> question) {
    return answer(
        exchange,
        arn,
        operation,
        name,
        bus -> {
          Rule rule = bus.rule(name);
          return rule == null
              ? new Reply.Refused(
                  NOT_FOUND, "Rule " + name + " does not exist on EventBus " + arn.name() + ".")
              : new Reply.Done(question.apply(bus, rule));
        });
  }

  private JsonNode answer(
      Exchange exchange,
      BusArn arn,
      String operation,
      @Nullable String rule,
      Function<Bus, Reply> question) {
    String caller = exchange.context();
    Reply reply =
        exchange
            .reader()
            .read(
                Buses.key(arn),
                buses,
                bus -> {
                  Optional<String> denied =
                      Permissions.refusal(bus, caller, "events:" + operation, rule);
                  if (denied.isPresent()) {
                    return new Reply.Refused("AccessDeniedException", denied.get());
                  }
                  return bus.exists()
                      ? question.apply(bus)
                      : new Reply.Refused(
                          NOT_FOUND, "Event bus " + arn.name() + " does not exist.");
                });
    return switch (reply) {
      case Reply.Done done -> done.value();
      case Reply.Refused refused -> throw new ServiceError(refused.code(), refused.message());
    };
  }
}
