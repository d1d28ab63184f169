package dev.tutti.core.events;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.access.Access;
import dev.tutti.core.access.Policy;
import dev.tutti.core.json.Json;
import dev.tutti.core.json.MalformedJson;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who may do what to a bus, and the policies that say so. */
public final class Permissions {
  private Permissions() {}

  /**
   * Why an account may not do something to a bus or to a rule on it, in AWS's words; empty where it
   * may. The owner may do what the policy doesn't deny, another account what it allows.
   *
   * @param action for example {@code events:ListRules}
   * @param rule the rule that is meant; null where it is the bus itself
   */
  public static Optional<String> refusal(
      Bus bus, String caller, String action, @Nullable String rule) {
    Map<String, List<String>> keys = new HashMap<>();
    Rule there = rule == null ? null : bus.rule(rule);
    if (rule != null) {
      keys.put("events:creatoraccount", List.of(there == null ? caller : there.createdBy()));
    }
    if (there != null) {
      keys.putAll(named(there.pattern()));
    }
    return refusal(bus.arn(), policy(bus), caller, action, rule, keys);
  }

  /** As {@link #refusal(Bus, String, String, String)}, for putting a rule with that pattern. */
  static Optional<String> refusalToPutRule(Bus bus, String caller, String rule, String pattern) {
    Rule there = bus.rule(rule);
    Map<String, List<String>> keys = new HashMap<>(named(pattern));
    keys.put("events:creatoraccount", List.of(there == null ? caller : there.createdBy()));
    return refusal(bus.arn(), policy(bus), caller, "events:PutRule", rule, keys);
  }

  /**
   * Why an account may not read a bus's events as they come, which is to subscribe to it; empty
   * where it may.
   *
   * @param pattern of the events that are read; empty for all
   */
  public static Optional<String> refusalToRead(Bus bus, String caller, String pattern) {
    Map<String, List<String>> keys = new HashMap<>(named(pattern));
    keys.put("events:creatoraccount", List.of(caller));
    return refusal(bus.arn(), policy(bus), caller, "events:PutRule", "stream", keys);
  }

  /**
   * Why an account may not send an event to a bus; empty where it may.
   *
   * @param forwarded whether it comes from a rule of another bus
   */
  static Optional<String> refusalToSend(
      BusArn bus, JsonNode policy, String caller, JsonNode event, boolean forwarded) {
    Map<String, List<String>> keys = new HashMap<>();
    keys.put("events:source", List.of(event.path("source").asText()));
    keys.put("events:detail-type", List.of(event.path("detail-type").asText()));
    keys.put("events:eventbusinvocation", List.of(Boolean.toString(forwarded)));
    return refusal(bus, policy, caller, "events:PutEvents", null, keys);
  }

  /** Whether a rule by another account still has the policy's consent. */
  static boolean maySubscribe(BusArn bus, JsonNode policy, Rule rule) {
    if (rule.createdBy().equals(bus.account())) {
      return true;
    }
    Map<String, List<String>> keys = new HashMap<>(named(rule.pattern()));
    keys.put("events:creatoraccount", List.of(rule.createdBy()));
    return refusal(bus, policy, rule.createdBy(), "events:PutRule", rule.name(), keys).isEmpty();
  }

  private static Optional<String> refusal(
      BusArn bus,
      JsonNode policy,
      String caller,
      String action,
      @Nullable String rule,
      Map<String, List<String>> keys) {
    keys.put("aws:principalaccount", List.of(caller));
    keys.put("aws:sourceaccount", List.of(caller));
    String resource = rule == null ? bus.text() : bus.rule(rule);
    return Policy.refusal(policy, bus.account(), new Access(caller, action, resource, keys));
  }

  private static JsonNode policy(Bus bus) {
    JsonNode policy = bus.policy();
    return policy == null ? MissingNode.getInstance() : policy;
  }

  /** The sources and detail types that a pattern asks for, as condition keys. */
  private static Map<String, List<String>> named(String pattern) {
    JsonNode tree;
    try {
      tree = Json.parse(pattern);
    } catch (MalformedJson e) {
      return Map.of();
    }
    Map<String, List<String>> named = new HashMap<>();
    for (String member : List.of("source", "detail-type")) {
      List<String> values = new ArrayList<>();
      for (JsonNode value : Policy.list(tree.path(member))) {
        values.add(value.isTextual() ? value.asText() : Json.write(value));
      }
      named.put("events:" + member, values);
    }
    return named;
  }

  /** A policy with a statement added, or replaced where its id was there. */
  static JsonNode with(BusArn bus, @Nullable JsonNode policy, BusCommand.PutStatement put) {
    ObjectNode statement = Json.object();
    statement.put("Sid", put.id()).put("Effect", "Allow");
    if (put.principal().equals("*")) {
      statement.put("Principal", "*");
    } else {
      statement.putObject("Principal").put("AWS", "arn:aws:iam::" + put.principal() + ":root");
    }
    statement.put("Action", put.action()).put("Resource", bus.text());
    BusCommand.Condition condition = put.condition();
    if (condition != null) {
      statement
          .putObject("Condition")
          .putObject(condition.type())
          .put(condition.key(), condition.value());
    }
    ArrayNode statements = Json.array();
    for (JsonNode old : statements(policy)) {
      if (!old.path("Sid").asText().equals(put.id())) {
        statements.add(old);
      }
    }
    return document(statements.add(statement));
  }

  /** A policy without a statement; null where none is left. Empty where the id isn't there. */
  static Optional<ArrayNode> without(@Nullable JsonNode policy, String statementId) {
    ArrayNode rest = Json.array();
    List<JsonNode> old = statements(policy);
    for (JsonNode statement : old) {
      if (!statement.path("Sid").asText().equals(statementId)) {
        rest.add(statement);
      }
    }
    return rest.size() == old.size() ? Optional.empty() : Optional.of(rest);
  }

  static JsonNode document(ArrayNode statements) {
    ObjectNode document = Json.object().put("Version", "2012-10-17");
    document.set("Statement", statements);
    return document;
  }

  private static List<JsonNode> statements(@Nullable JsonNode policy) {
    return policy == null ? List.of() : Policy.list(policy.path("Statement"));
  }
}
