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
   * @param targets as PutTargets takes them
   */
  public record Rule(String bus, String arn, JsonNode pattern, List<JsonNode> targets) {
    public Rule {
      targets = List.copyOf(targets);
    }
  }

  private Matching() {}

  /** The targets of an event on a bus, each as {@code <rule ARN>|<target id>}. */
  static Set<String> targets(List<Rule> rules, String bus, JsonNode event) {
    Set<String> targets = new TreeSet<>();
    for (Rule rule : rules) {
      if (rule.bus().equals(bus) && matches(rule.pattern(), event)) {
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
