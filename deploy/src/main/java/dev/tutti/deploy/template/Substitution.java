package dev.tutti.deploy.template;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code Fn::Sub}: replaces <code>${Name}</code> and <code>${Name.Attribute}</code>; <code>
 * ${!Name}</code> stands for itself without the exclamation mark.
 */
final class Substitution {
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^}]*)\\}");

  private final Scope scope;
  private final Map<String, Node.Field> own;
  private final Problems problems;

  /**
   * @param own values that the function itself gives, evaluated; they go before the template's
   */
  Substitution(Scope scope, Map<String, Node.Field> own, Problems problems) {
    this.scope = scope;
    this.own = own;
    this.problems = problems;
  }

  Node apply(Place place, String text) {
    StringBuilder result = new StringBuilder();
    Matcher variable = VARIABLE.matcher(text);
    boolean known = true;
    int end = 0;
    while (variable.find()) {
      result.append(text, end, variable.start());
      end = variable.end();
      String name = String.valueOf(variable.group(1));
      if (name.startsWith("!")) {
        result.append("${").append(name.substring(1)).append('}');
        continue;
      }
      Node value = value(place, name.strip());
      if (value.isUnknown()) {
        known = false;
      } else if (value instanceof Node.Scalar scalar) {
        result.append(scalar.text());
      } else {
        problems.add(place, "Fn::Sub: " + name + " is not a single value");
        known = false;
      }
    }
    result.append(text, end, text.length());
    return known ? Node.text(place, result.toString()) : Node.unknown(place);
  }

  private Node value(Place place, String name) {
    Node.Field given = own.get(name);
    if (given != null) {
      return given.value();
    }
    int dot = name.indexOf('.');
    return dot < 0
        ? scope.reference(place, name)
        : scope.attribute(place, name.substring(0, dot), name.substring(dot + 1));
  }
}
