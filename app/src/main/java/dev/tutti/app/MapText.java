package dev.tutti.app;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The map as text: a block a context, an arrow an edge. */
final class MapText {
  private final StringBuilder text = new StringBuilder();
  private final Map<String, String> names = new HashMap<>();

  private MapText() {}

  /** Renders what {@link dev.tutti.services.map.MapReader} reads. */
  static String of(JsonNode map) {
    MapText rendered = new MapText();
    for (JsonNode context : map.path("contexts")) {
      rendered.names.put(context.path("account").textValue(), context.path("name").textValue());
    }
    if (rendered.names.isEmpty()) {
      return "No contexts yet; deploy a folder with ./tutti deploy DIR\n";
    }
    map.path("contexts").forEach(rendered::context);
    return rendered.text.toString();
  }

  private void context(JsonNode context) {
    String account = context.path("account").textValue();
    line("%s  %s", context.path("name").textValue(), account);
    for (JsonNode bus : context.path("buses")) {
      if (bus.path("rules").isEmpty() && !bus.path("exposed").booleanValue()) {
        continue;
      }
      line(
          "  bus %s%s",
          name(bus.path("arn"), account), bus.path("exposed").booleanValue() ? " (exposed)" : "");
      bus.path("rules").forEach(rule -> rule(rule, account));
    }
    for (JsonNode machine : context.path("stateMachines")) {
      line("  state machine %s", name(machine.path("arn"), account));
      for (JsonNode use : machine.path("uses")) {
        line("    → %s", name(use, account));
      }
    }
    List<String> functions = new ArrayList<>();
    context.path("functions").forEach(f -> functions.add(name(f.path("arn"), account)));
    if (!functions.isEmpty()) {
      line("  functions %s", String.join(", ", functions));
    }
    for (JsonNode topic : context.path("topics")) {
      line("  topic %s", name(topic.path("arn"), account));
      topic.path("subscriptions").forEach(each -> line("    → %s", name(each, account)));
    }
    text.append('\n');
  }

  private void rule(JsonNode rule, String account) {
    String by = rule.path("createdBy").textValue();
    String whose = by.equals(account) ? "" : names.getOrDefault(by, by) + "'s ";
    List<String> targets = new ArrayList<>();
    rule.path("targets").forEach(target -> targets.add(name(target, account)));
    line(
        "    %srule %s → %s%s",
        whose,
        rule.path("name").textValue(),
        targets.isEmpty() ? "nothing" : String.join(", ", targets),
        rule.path("enabled").booleanValue() ? "" : " (disabled)");
  }

  /** A short name for an ARN, with its context where that is another one. */
  private String name(JsonNode arn, String account) {
    String[] parts = arn.textValue().split(":", 6);
    if (parts.length < 6) {
      return arn.textValue();
    }
    String resource =
        parts[5].substring(parts[5].lastIndexOf(parts[5].contains("/") ? '/' : ':') + 1);
    String kind =
        switch (parts[2]) {
          case "lambda" -> "function ";
          case "states" -> "state machine ";
          case "sns" -> "topic ";
          case "events" -> "bus ";
          default -> "";
        };
    return parts[4].equals(account)
        ? resource
        : names.getOrDefault(parts[4], parts[4]) + "'s " + kind + resource;
  }

  private void line(String format, Object... arguments) {
    text.append(format.formatted(arguments)).append('\n');
  }
}
