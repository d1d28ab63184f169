package dev.tutti.core.asl.compile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What looks like a mistake in a definition that is valid (API reference,
 * ValidateStateMachineDefinitionDiagnostic, "List of warning codes"). Only states that use JSONPath
 * can make these.
 */
final class Warnings {
  private static final Pattern PATH = Pattern.compile("\\$\\$?([.\\[].+)?");
  private static final Pattern INTRINSIC =
      Pattern.compile("States\\.[A-Z]\\w*\\(.*\\)", Pattern.DOTALL);
  private static final List<String> TEMPLATES =
      List.of("Parameters", "ResultSelector", "ItemSelector", "Assign", "Credentials");
  private static final List<String> PLAIN =
      List.of("Error", "Cause", "TimeoutSeconds", "HeartbeatSeconds", "Seconds", "Timestamp");
  private static final Set<String> COMBINED = Set.of("And", "Or", "Not");

  private final Findings findings;

  private Warnings(Findings findings) {
    this.findings = findings;
  }

  /** Adds the warnings of a whole definition. */
  static void find(ObjectNode root, Findings findings) {
    new Warnings(findings).flow(root, "", root.path("QueryLanguage").asText("JSONPath"));
  }

  private void flow(JsonNode flow, String at, String language) {
    flow.path("States")
        .properties()
        .forEach(state ->
            state(
                state.getValue(),
                at + "/States/" + state.getKey(),
                state.getValue().path("QueryLanguage").asText(language),
                language));
  }

  private void state(JsonNode state, String at, String own, String inherited) {
    if (own.equals("JSONPath")) {
      for (String field : TEMPLATES) {
        template(state.path(field), at + "/" + field);
      }
      for (String field : PLAIN) {
        plain(state.path(field), field, at);
      }
      choices(state.path("Choices"), at + "/Choices");
      if (state.path("Type").asText().equals("Pass") && holdsPath(state.path("Result"))) {
        findings.add(
            Diagnostic.PASS_RESULT_IS_STATIC,
            "The Result of a Pass state is static: a path in it is not evaluated",
            at + "/Result");
      }
    }
    int branch = 0;
    for (JsonNode each : state.path("Branches")) {
      flow(each, at + "/Branches[" + branch++ + "]", inherited);
    }
    flow(state.path("Iterator"), at + "/Iterator", inherited);
    flow(state.path("ItemProcessor"), at + "/ItemProcessor", inherited);
  }

  private void template(JsonNode value, String at) {
    value
        .properties()
        .forEach(member -> {
          String here = at + "/" + member.getKey();
          if (looksDynamic(member.getValue()) && !member.getKey().endsWith(".$")) {
            findings.add(
                Diagnostic.NO_DOLLAR,
                "The value looks like a path or an intrinsic function, but the field's name doesn't"
                    + " end in '.$'",
                here);
          }
          template(member.getValue(), here);
        });
    if (value.isArray()) {
      for (int i = 0; i < value.size(); i++) {
        template(value.get(i), at + "[" + i + "]");
      }
    }
  }

  private void choices(JsonNode rules, String at) {
    for (int i = 0; i < rules.size() && rules.isArray(); i++) {
      rule(rules.get(i), at + "[" + i + "]");
    }
  }

  private void rule(JsonNode rule, String at) {
    rule.properties()
        .forEach(member -> {
          String name = member.getKey();
          if (COMBINED.contains(name) && member.getValue().isArray()) {
            choices(member.getValue(), at + "/" + name);
          } else if (COMBINED.contains(name)) {
            rule(member.getValue(), at + "/" + name);
          } else if (!name.equals("Variable") && !name.equals("Next") && !name.equals("Comment")) {
            plain(member.getValue(), name, at);
          }
        });
  }

  private void plain(JsonNode value, String field, String at) {
    if (value.isTextual() && !field.endsWith("Path") && PATH.matcher(value.textValue()).matches()) {
      findings.add(
          Diagnostic.NO_PATH,
          "The value looks like a path, but the field's name doesn't end in 'Path'",
          at + "/" + field);
    }
  }

  private static boolean looksDynamic(JsonNode value) {
    return value.isTextual()
        && (PATH.matcher(value.textValue()).matches()
            || INTRINSIC.matcher(value.textValue()).matches());
  }

  private static boolean holdsPath(JsonNode value) {
    if (looksDynamic(value)) {
      return true;
    }
    for (JsonNode each : value) {
      if (holdsPath(each)) {
        return true;
      }
    }
    return false;
  }
}
