package dev.tutti.core.asl.data;

import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The picture of {@code $formatNumber}, as "XPath and XQuery Functions and Operators 3.1", 4.7.3,
 * has it; tells the code of the rule that one breaks. Of several rules the last one is told, as
 * JSONata does.
 */
final class JsonataPicture {
  private static final int DIGITS = 10;

  private final Map<?, ?> options;
  private final String decimal;
  private final String grouping;
  private final String exponent;
  private final String percent;
  private final String perMille;
  private final String optional;
  private final String pattern;
  private final String family;

  /** All characters that are more than text before and after the number. */
  private final String symbols;

  private JsonataPicture(Map<?, ?> options) {
    this.options = options;
    this.decimal = symbol("decimal-separator", ".");
    this.grouping = symbol("grouping-separator", ",");
    this.exponent = symbol("exponent-separator", "e");
    this.percent = symbol("percent", "%");
    this.perMille = symbol("per-mille", "\u2030");
    this.optional = symbol("digit", "#");
    this.pattern = symbol("pattern-separator", ";");
    int zero = symbol("zero-digit", "0").codePointAt(0);
    var digits = new StringBuilder();
    IntStream.range(0, DIGITS).forEach(i -> digits.appendCodePoint(zero + i));
    this.family = digits.toString();
    this.symbols = family + decimal + exponent + grouping + optional + pattern;
  }

  private String symbol(String property, String otherwise) {
    return options.get(property) instanceof String given && !given.isEmpty() ? given : otherwise;
  }

  /**
   * The code of the rule that a picture breaks; null for none.
   *
   * @param options properties of the decimal format that replace the usual ones
   */
  static @Nullable String broken(String picture, Map<?, ?> options) {
    return new JsonataPicture(options).broken(picture);
  }

  private @Nullable String broken(String picture) {
    String[] parts = picture.split(java.util.regex.Pattern.quote(pattern), -1);
    if (parts.length > 2) {
      return "D3080";
    }
    String broken = null;
    for (String part : parts) {
      broken = broken == null ? new Part(part).broken() : broken;
    }
    return broken;
  }

  private boolean isActive(char c) {
    return symbols.indexOf(c) >= 0;
  }

  private boolean starts(char c) {
    return isActive(c) && exponent.indexOf(c) < 0;
  }

  /** One of a picture's sub-pictures: a prefix, what shows the number, and a suffix. */
  private final class Part {
    private final String whole;
    private final String active;
    private final String mantissa;
    private final @Nullable String power;
    private final String integer;
    private final String fraction;

    Part(String whole) {
      this.whole = whole;
      int first = IntStream.range(0, whole.length()).filter(this::starts).findFirst().orElse(0);
      int last =
          IntStream.range(0, whole.length())
              .filter(this::starts)
              .reduce((before, after) -> after)
              .orElse(whole.length() - 1);
      this.active = whole.isEmpty() ? "" : whole.substring(first, last + 1);
      int e = whole.indexOf(exponent, first);
      boolean powered = e >= 0 && e <= last + 1;
      this.mantissa = powered ? whole.substring(first, e) : active;
      this.power = powered ? whole.substring(Math.min(e + 1, last + 1), last + 1) : null;
      int point = mantissa.indexOf(decimal);
      this.integer = point < 0 ? mantissa : mantissa.substring(0, point);
      this.fraction = point < 0 ? "" : mantissa.substring(point + 1);
    }

    private boolean starts(int at) {
      return JsonataPicture.this.starts(whole.charAt(at));
    }

    private boolean has(String symbol) {
      return whole.contains(symbol);
    }

    private boolean hasTwo(String symbol) {
      return whole.indexOf(symbol) != whole.lastIndexOf(symbol);
    }

    private static boolean any(String of, String in) {
      return of.chars().anyMatch(c -> in.indexOf(c) >= 0);
    }

    @Nullable String broken() {
      String broken = hasTwo(decimal) ? "D3081" : null;
      broken = hasTwo(percent) ? "D3082" : broken;
      broken = hasTwo(perMille) ? "D3083" : broken;
      broken = has(percent) && has(perMille) ? "D3084" : broken;
      broken = any(mantissa, family + optional) ? broken : "D3085";
      broken = active.chars().allMatch(c -> isActive((char) c)) ? broken : "D3086";
      if (has(decimal)) {
        broken = has(grouping + decimal) || has(decimal + grouping) ? "D3087" : broken;
      } else {
        broken = integer.endsWith(grouping) ? "D3088" : broken;
      }
      broken = has(grouping + grouping) ? "D3089" : broken;
      int at = integer.indexOf(optional);
      broken = at >= 0 && any(integer.substring(0, at), family) ? "D3090" : broken;
      at = fraction.lastIndexOf(optional);
      broken = any(fraction.substring(Math.max(at, 0)), family) && at >= 0 ? "D3091" : broken;
      if (power != null) {
        broken = !power.isEmpty() && (has(percent) || has(perMille)) ? "D3092" : broken;
        boolean digits = power.chars().allMatch(c -> family.indexOf(c) >= 0);
        broken = power.isEmpty() || !digits ? "D3093" : broken;
      }
      return broken;
    }
  }
}
