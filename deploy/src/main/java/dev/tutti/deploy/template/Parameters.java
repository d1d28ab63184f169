package dev.tutti.deploy.template;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** The values of a template's parameters: what the deployment gives, else the default, checked. */
public final class Parameters {
  private static final Set<String> TYPES =
      Set.of("String", "Number", "CommaDelimitedList", "List<Number>");

  private Parameters() {}

  /**
   * Values by name.
   *
   * @param given texts that override the defaults; a name that isn't declared is none of ours
   */
  public static Map<String, Node> values(
      Map<String, Node.Field> declared, Map<String, String> given, Problems problems) {
    Map<String, Node> values = new LinkedHashMap<>();
    declared.forEach(
        (name, field) -> values.put(name, value(name, field, given.get(name), problems)));
    return values;
  }

  private static Node value(
      String name, Node.Field field, @Nullable String given, Problems problems) {
    Shape shape = Shape.of("parameter " + name, field.value(), problems);
    shape.noEffect("Description", "NoEcho", "ConstraintDescription");
    String type = shape.required("Type");
    String fallback = shape.text("Default");
    String text = given != null ? given : fallback;
    Limits limits = Limits.read(shape);
    shape.done();
    if (!TYPES.contains(type)) {
      if (!type.equals("unknown")) {
        shape.problem("Type", type + " is not supported");
      }
      return Node.unknown(field.place());
    }
    if (text == null) {
      problems.add(field.place(), "parameter " + name + " has no value: it has no Default");
      return Node.unknown(field.place());
    }
    boolean list = type.equals("CommaDelimitedList") || type.equals("List<Number>");
    List<String> parts =
        list ? Arrays.stream(text.split(",", -1)).map(String::strip).toList() : List.of(text);
    for (String part : parts) {
      String wrong = limits.wrong(part, type.contains("Number"));
      if (wrong != null) {
        problems.add(field.place(), "parameter " + name + " is \"" + part + "\", which " + wrong);
      }
    }
    Node.Kind kind = type.equals("Number") ? Node.Kind.NUMBER : Node.Kind.TEXT;
    if (!list) {
      Node.Kind safe = isNumber(text) ? kind : Node.Kind.TEXT;
      return new Node.Scalar(field.place(), safe, text);
    }
    return new Node.Items(
        field.place(), parts.stream().map(part -> (Node) Node.text(field.place(), part)).toList());
  }

  private static boolean isNumber(String text) {
    try {
      return new BigDecimal(text).scale() < 1000;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  /** What a parameter's value must keep to. */
  private record Limits(
      List<String> allowed,
      @Nullable Pattern pattern,
      @Nullable Integer minLength,
      @Nullable Integer maxLength,
      @Nullable String minValue,
      @Nullable String maxValue) {

    static Limits read(Shape shape) {
      Pattern pattern = null;
      String allowedPattern = shape.text("AllowedPattern");
      if (allowedPattern != null) {
        try {
          pattern = Pattern.compile(allowedPattern);
        } catch (PatternSyntaxException e) {
          shape.problem("AllowedPattern", "not a regular expression: " + e.getDescription());
        }
      }
      return new Limits(
          shape.texts("AllowedValues"),
          pattern,
          shape.integer("MinLength"),
          shape.integer("MaxLength"),
          number(shape, "MinValue"),
          number(shape, "MaxValue"));
    }

    private static @Nullable String number(Shape shape, String name) {
      String text = shape.text(name);
      if (text != null && !isNumber(text)) {
        shape.problem(name, "must be a number");
        return null;
      }
      return text;
    }

    @Nullable String wrong(String text, boolean number) {
      if (number && !isNumber(text)) {
        return "is no number";
      }
      if (!allowed.isEmpty() && !allowed.contains(text)) {
        return "is not one of " + String.join(", ", allowed);
      }
      if (pattern != null && !pattern.matcher(text).matches()) {
        return "does not match " + pattern.pattern();
      }
      if (minLength != null && text.length() < minLength) {
        return "is shorter than " + minLength;
      }
      if (maxLength != null && text.length() > maxLength) {
        return "is longer than " + maxLength;
      }
      if (number && minValue != null && compare(text, minValue) < 0) {
        return "is below " + minValue;
      }
      if (number && maxValue != null && compare(text, maxValue) > 0) {
        return "is above " + maxValue;
      }
      return null;
    }

    private static int compare(String one, String other) {
      return new BigDecimal(one).compareTo(new BigDecimal(other));
    }
  }
}
