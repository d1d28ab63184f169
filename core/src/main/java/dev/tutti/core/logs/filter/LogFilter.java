package dev.tutti.core.logs.filter;

/**
 * A filter pattern of CloudWatch Logs ("Filter pattern syntax" in its user guide): words, the
 * properties of a message that is JSON, or the columns of one whose words are fields.
 */
public sealed interface LogFilter permits Terms, Properties, Columns {
  /**
   * Whether a message is one of those that are looked for.
   *
   * @throws dev.tutti.core.pattern.Regex.TooMuchWork where a regular expression would take too long
   */
  boolean matches(String message);

  /**
   * Compiles a pattern; an empty one takes every message.
   *
   * @throws IllegalArgumentException where it is none, saying why
   */
  static LogFilter of(String pattern) {
    String text = pattern.strip();
    if (text.startsWith("{")) {
      return Properties.of(inside(text, '{', '}'));
    }
    if (text.startsWith("[")) {
      return Columns.of(inside(text, '[', ']'));
    }
    return Terms.of(text);
  }

  private static String inside(String text, char open, char close) {
    if (text.charAt(text.length() - 1) != close || text.length() == 1) {
      throw new IllegalArgumentException(
          "If a filter pattern starts with '%c' it must end with '%c'".formatted(open, close));
    }
    return text.substring(1, text.length() - 1);
  }
}
