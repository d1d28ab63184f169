package dev.tutti.simulate.judge;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Which targets an event has to reach, by a matcher of its own: literal values and nesting. */
public final class Matching {
  /**
   * A rule.
   *
   * @param bus its ARN
   * @param patterns which it may have had at any time: each event meets one of them
   * @param targets as PutTargets takes them
   */
  public record Rule(String bus, String arn, List<JsonNode> patterns, List<JsonNode> targets) {
    public Rule {
      patterns = List.copyOf(patterns);
      targets = List.copyOf(targets);
    }

    /** A rule that had the same pattern throughout. */
    public Rule(String bus, String arn, JsonNode pattern, List<JsonNode> targets) {
      this(bus, arn, List.of(pattern), targets);
    }

    /** The pattern that it has had last. */
    public JsonNode pattern() {
      return patterns.getLast();
    }
  }

  private Matching() {}

  /**
   * The targets of an event on a bus, each as {@code <rule ARN>|<target id>}, given those that it
   * went to where a rule has had several patterns and only some of them match.
   */
  static Set<String> targets(List<Rule> rules, String bus, JsonNode event, Set<String> went) {
    Set<String> targets = new TreeSet<>();
    for (Rule rule : rules) {
      if (!rule.bus().equals(bus)) {
        continue;
      }
      long matching = rule.patterns().stream().filter(each -> matches(each, event)).count();
      boolean certain = matching == rule.patterns().size();
      boolean open =
          matching > 0 && went.stream().anyMatch(each -> each.startsWith(rule.arn() + "|"));
      if (certain || open) {
        rule.targets()
            .forEach(target -> targets.add(rule.arn() + "|" + target.path("Id").asText()));
      }
    }
    return targets;
  }

  private static boolean matches(JsonNode pattern, JsonNode event) {
    for (Map.Entry<String, JsonNode> field : pattern.properties()) {
      JsonNode found = event.path(field.getKey());
      boolean ok =
          field.getValue().isArray()
              ? any(field.getValue(), found)
              : matches(field.getValue(), found);
      if (!ok) {
        return false;
      }
    }
    return true;
  }

  private static boolean any(JsonNode wanted, JsonNode found) {
    for (JsonNode value : wanted) {
      if (value.equals(found)
          || (found.isNumber() && value.isNumber() && value.doubleValue() == found.doubleValue())) {
        return true;
      }
      for (JsonNode element : found.isArray() ? found : List.<JsonNode>of()) {
        if (value.equals(element)) {
          return true;
        }
      }
    }
    return false;
  }
}
