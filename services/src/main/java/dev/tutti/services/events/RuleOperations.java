package dev.tutti.services.events;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.events.Bus;
import dev.tutti.core.events.BusArn;
import dev.tutti.core.events.BusCommand;
import dev.tutti.core.events.Buses;
import dev.tutti.core.events.Rule;
import dev.tutti.core.events.Target;
import dev.tutti.core.json.Json;
import dev.tutti.services.Exchange;
import dev.tutti.services.Operation;
import dev.tutti.wire.ServiceError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Rules and their targets. */
final class RuleOperations {
  private final BusQuestions questions;

  RuleOperations(Buses buses) {
    this.questions = new BusQuestions(buses);
  }

  Map<String, Operation> operations() {
    Map<String, Operation> operations = new TreeMap<>();
    operations.put("PutRule", RuleOperations::put);
    operations.put("DescribeRule", this::describe);
    operations.put("ListRules", this::list);
    operations.put("ListRuleNamesByTarget", this::listByTarget);
    operations.put(
        "DeleteRule",
        exchange -> ask(exchange, new BusCommand.DeleteRule(exchange.context(), name(exchange))));
    operations.put(
        "EnableRule",
        exchange -> ask(exchange, new BusCommand.EnableRule(exchange.context(), name(exchange))));
    operations.put(
        "DisableRule",
        exchange -> ask(exchange, new BusCommand.DisableRule(exchange.context(), name(exchange))));
    operations.put("PutTargets", RuleOperations::putTargets);
    operations.put("RemoveTargets", RuleOperations::removeTargets);
    operations.put("ListTargetsByRule", this::listTargets);
    return operations;
  }

  private static JsonNode ask(Exchange exchange, BusCommand command) {
    return exchange.ask(Buses.key(bus(exchange)), command);
  }

  private static BusArn bus(Exchange exchange) {
    return Members.bus(exchange, exchange.input(), "EventBusName");
  }

  private static String name(Exchange exchange) {
    return Members.required(exchange.input(), "Name");
  }

  private static JsonNode put(Exchange exchange) {
    JsonNode input = exchange.input();
    String state = Members.text(input, "State");
    String schedule = given(input, "ScheduleExpression");
    if (schedule != null && !bus(exchange).isDefault()) {
      throw new ServiceError(
          Members.INVALID, "ScheduleExpression is supported only on the default event bus.");
    }
    if ("ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS".equals(state)) {
      throw new ServiceError(Members.INVALID, "State " + state + " is not supported.");
    }
    String pattern = given(input, "EventPattern");
    if (pattern == null && schedule == null) {
      throw new ServiceError(
          Members.INVALID, "Parameter(s) EventPattern or ScheduleExpression must be specified.");
    }
    return ask(
        exchange,
        new BusCommand.PutRule(
            exchange.context(),
            name(exchange),
            pattern == null ? "" : pattern,
            !"DISABLED".equals(state),
            Members.text(input, "Description"),
            Members.text(input, "RoleArn"),
            Members.tags(input),
            schedule));
  }

  /** A text member; null where it is absent or empty. */
  private static @Nullable String given(JsonNode input, String member) {
    String text = Members.text(input, member);
    return text == null || text.isEmpty() ? null : text;
  }

  private JsonNode describe(Exchange exchange) {
    return questions.askRule(
        exchange,
        bus(exchange),
        name(exchange),
        "DescribeRule",
        (bus, rule) -> described(bus, rule).put("CreatedBy", rule.createdBy()));
  }

  private static ObjectNode described(Bus bus, Rule rule) {
    ObjectNode output =
        Json.object()
            .put("Name", rule.name())
            .put("Arn", bus.arn().rule(rule.name()))
            .put("State", rule.enabled() ? "ENABLED" : "DISABLED");
    putText(output, "EventPattern", rule.pattern().isEmpty() ? null : rule.pattern());
    putText(output, "ScheduleExpression", rule.schedule());
    putText(output, "Description", rule.description());
    putText(output, "RoleArn", rule.roleArn());
    return output.put("EventBusName", bus.arn().name());
  }

  private static void putText(ObjectNode output, String member, @Nullable String text) {
    if (text != null) {
      output.put(member, text);
    }
  }

  private JsonNode list(Exchange exchange) {
    JsonNode input = exchange.input();
    String prefix = input.path("NamePrefix").asText();
    return questions.ask(
        exchange,
        bus(exchange),
        "ListRules",
        bus -> {
          NavigableMap<String, ObjectNode> rules = new TreeMap<>();
          visible(exchange, bus, rule -> rule.name().startsWith(prefix))
              .forEach(rule -> rules.put(rule.name(), described(bus, rule)));
          return Pages.page(input, "Rules", rules);
        });
  }

  private JsonNode listByTarget(Exchange exchange) {
    JsonNode input = exchange.input();
    String target = Members.required(input, "TargetArn");
    return questions.ask(
        exchange,
        bus(exchange),
        "ListRuleNamesByTarget",
        bus -> {
          NavigableMap<String, JsonNode> names = new TreeMap<>();
          visible(
                  exchange,
                  bus,
                  rule -> rule.targets().stream().anyMatch(t -> t.arn().equals(target)))
              .forEach(rule -> names.put(rule.name(), Json.text(rule.name())));
          return Pages.page(input, "RuleNames", names);
        });
  }

  /** Another account sees the rules that it made itself. */
  private static List<Rule> visible(Exchange exchange, Bus bus, Predicate<Rule> wanted) {
    String caller = exchange.context();
    boolean owner = caller.equals(bus.arn().account());
    return bus.rules().values().stream()
        .filter(rule -> owner || rule.createdBy().equals(caller))
        .filter(wanted)
        .toList();
  }

  private static JsonNode putTargets(Exchange exchange) {
    JsonNode input = exchange.input();
    List<Target> targets = new ArrayList<>();
    for (JsonNode target : input.path("Targets")) {
      targets.add(TargetMembers.read(target));
    }
    return ask(
        exchange,
        new BusCommand.PutTargets(exchange.context(), Members.required(input, "Rule"), targets));
  }

  private static JsonNode removeTargets(Exchange exchange) {
    JsonNode input = exchange.input();
    return ask(
        exchange,
        new BusCommand.RemoveTargets(
            exchange.context(), Members.required(input, "Rule"), Members.texts(input.path("Ids"))));
  }

  private JsonNode listTargets(Exchange exchange) {
    JsonNode input = exchange.input();
    return questions.askRule(
        exchange,
        bus(exchange),
        Members.required(input, "Rule"),
        "ListTargetsByRule",
        (bus, rule) -> {
          NavigableMap<String, ObjectNode> targets = new TreeMap<>();
          rule.targets().forEach(target -> targets.put(target.id(), TargetMembers.write(target)));
          return Pages.page(input, "Targets", targets);
        });
  }
}
