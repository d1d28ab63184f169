package dev.tutti.core.access;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.access.Policy.Fit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;

/** Judges a statement's Condition element: string, ARN and Bool operators on the keys we know. */
final class Conditions {
  private static final String IF_EXISTS = "IfExists";
  private static final String ANY = "ForAnyValue:";
  private static final String ALL = "ForAllValues:";

  /** Keys whose value, or absence, is known of every access. */
  private static final Set<String> KNOWN =
      Set.of(
          "aws:principalaccount",
          "aws:sourceaccount",
          "events:creatoraccount",
          "events:detail-type",
          "events:eventbusinvocation",
          "events:source");

  private static final Map<String, Operator> OPERATORS =
      Map.of(
          "StringEquals", new Operator(false, String::equals),
          "StringNotEquals", new Operator(true, String::equals),
          "StringEqualsIgnoreCase", new Operator(false, String::equalsIgnoreCase),
          "StringNotEqualsIgnoreCase", new Operator(true, String::equalsIgnoreCase),
          "StringLike", new Operator(false, Policy::like),
          "StringNotLike", new Operator(true, Policy::like),
          "ArnEquals", new Operator(false, Policy::like),
          "ArnLike", new Operator(false, Policy::like),
          "Bool", new Operator(false, String::equalsIgnoreCase));

  private record Operator(boolean negated, BiPredicate<String, String> matches) {
    boolean accepts(List<String> wanted, String value) {
      return wanted.stream().anyMatch(w -> matches.test(w, value)) != negated;
    }
  }

  private Conditions() {}

  static Fit fit(JsonNode condition, Access access) {
    Fit fit = Fit.YES;
    for (Map.Entry<String, JsonNode> operator : condition.properties()) {
      for (Map.Entry<String, JsonNode> key : operator.getValue().properties()) {
        fit = fit.and(fit(operator.getKey(), key.getKey(), key.getValue(), access));
      }
    }
    return fit;
  }

  private static Fit fit(String operatorText, String keyText, JsonNode values, Access access) {
    String key = keyText.toLowerCase(Locale.ROOT);
    boolean all = operatorText.startsWith(ALL);
    boolean any = operatorText.startsWith(ANY);
    boolean ifExists = operatorText.endsWith(IF_EXISTS);
    String name =
        operatorText.substring(
            all || any ? operatorText.indexOf(':') + 1 : 0,
            operatorText.length() - (ifExists ? IF_EXISTS.length() : 0));
    Operator operator = OPERATORS.get(name);
    if (operator == null || !KNOWN.contains(key)) {
      return Fit.UNKNOWN;
    }
    List<String> wanted =
        Policy.list(values).stream().map(value -> expand(value.asText(), access)).toList();
    if (wanted.stream().anyMatch(value -> value.contains("${"))) {
      return Fit.UNKNOWN;
    }
    List<String> present = access.keys().getOrDefault(key, List.of());
    if (present.isEmpty()) {
      return all ? Fit.UNKNOWN : Fit.of(ifExists || (operator.negated() && !any));
    }
    return Fit.of(
        any
            ? present.stream().anyMatch(value -> operator.accepts(wanted, value))
            : present.stream().allMatch(value -> operator.accepts(wanted, value)));
  }

  private static String expand(String value, Access access) {
    return value.replace("${aws:PrincipalAccount}", access.account());
  }
}
