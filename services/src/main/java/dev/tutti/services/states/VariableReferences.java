package dev.tutti.services.states;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which variables each state of a definition refers to, as DescribeStateMachine tells it: of
 * JSONPath in paths and templates, of JSONata in its expressions. States that refer to none aren't
 * told of.
 */
final class VariableReferences {
  private static final Pattern TEXTS =
      Pattern.compile("'(\\\\.|[^'\\\\])*'|\"(\\\\.|[^\"\\\\])*\"");
  private static final Pattern COMMENTS = Pattern.compile("/\\*.*?\\*/", Pattern.DOTALL);
  private static final Pattern NAME =
      Pattern.compile("(?<![$\\w])\\$([\\p{L}_][\\p{L}\\p{N}_]*+)(?!\\s*+\\()");
  private static final Pattern BOUND =
      Pattern.compile("\\$([\\p{L}_][\\p{L}\\p{N}_]*)\\s*:=|function\\s*\\(([^)]*)\\)");

  private final TreeMap<String, SortedSet<String>> byState = new TreeMap<>();

  private VariableReferences() {}

  /** The states and their variables, {@code {"State": ["a", "b"]}}, each in order. */
  static ObjectNode of(String definition) {
    var references = new VariableReferences();
    JsonNode root = Json.parse(definition);
    references.flow(root, root.path("QueryLanguage").asText("JSONPath"));
    ObjectNode output = Json.object();
    references.byState.forEach((state, names) -> names.forEach(output.putArray(state)::add));
    return output;
  }

  private void flow(JsonNode flow, String language) {
    flow.path("States")
        .properties()
        .forEach(state -> {
          JsonNode of = state.getValue();
          boolean jsonata = of.path("QueryLanguage").asText(language).equals("JSONata");
          SortedSet<String> names = new TreeSet<>();
          of.properties()
              .forEach(member -> {
                switch (member.getKey()) {
                  case "Branches" -> member.getValue().forEach(branch -> flow(branch, language));
                  case "Iterator", "ItemProcessor" -> flow(member.getValue(), language);
                  default -> value(member.getKey(), member.getValue(), jsonata, names);
                }
              });
          if (!names.isEmpty()) {
            byState.put(state.getKey(), names);
          }
        });
  }

  private static void value(
      String field, JsonNode value, boolean jsonata, SortedSet<String> names) {
    if (value.isTextual()) {
      String text = value.textValue();
      if (jsonata && text.startsWith("{%") && text.endsWith("%}")) {
        jsonata(text.substring(2, text.length() - 2), names);
      } else if (!jsonata && isDynamic(field)) {
        collect(TEXTS.matcher(text).replaceAll(" "), names);
      }
    } else if (value.isArray()) {
      value.forEach(each -> value(field, each, jsonata, names));
    } else {
      value
          .properties()
          .forEach(member -> value(member.getKey(), member.getValue(), jsonata, names));
    }
  }

  private static boolean isDynamic(String field) {
    return field.endsWith(".$") || field.endsWith("Path") || field.equals("Variable");
  }

  private static void jsonata(String expression, SortedSet<String> names) {
    String code = COMMENTS.matcher(TEXTS.matcher(expression).replaceAll(" ")).replaceAll(" ");
    SortedSet<String> found = new TreeSet<>();
    collect(code, found);
    found.remove("states");
    Matcher bound = BOUND.matcher(code);
    while (bound.find()) {
      if (bound.group(1) != null) {
        found.remove(bound.group(1));
      } else {
        SortedSet<String> parameters = new TreeSet<>();
        collect(bound.group(2), parameters);
        found.removeAll(parameters);
      }
    }
    names.addAll(found);
  }

  private static void collect(String code, SortedSet<String> names) {
    Matcher name = NAME.matcher(code);
    while (name.find()) {
      names.add(name.group(1));
    }
  }
}
