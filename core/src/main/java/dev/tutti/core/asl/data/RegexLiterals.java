package dev.tutti.core.asl.data;

import dev.tutti.core.pattern.Regex;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Takes the regular expressions out of a JSONata expression, whose own are matched by backtracking:
 * each literal becomes a name to which its {@link Regex} is bound.
 *
 * @param expression with names in the literals' places
 * @param literals in order
 */
record RegexLiterals(String expression, List<Literal> literals) {
  private static final String NAME = "tutti_regex_";
  private static final Set<String> OPERATORS = Set.of("and", "or", "in");

  /** {@code /pattern/flags}, and the name it has now. */
  record Literal(String name, String pattern, String flags) {}

  static RegexLiterals of(String text) {
    if (text.indexOf('/') < 0) {
      return new RegexLiterals(text, List.of());
    }
    var scan = new Scan(text);
    scan.run();
    return new RegexLiterals(scan.out.toString(), scan.literals);
  }

  /** One pass from left to right; a slash begins a literal where no value stands before it. */
  private static final class Scan {
    private final String text;
    private final StringBuilder out = new StringBuilder();
    private final List<Literal> literals = new ArrayList<>();
    private boolean afterValue;
    private int at;

    Scan(String text) {
      this.text = text;
    }

    void run() {
      while (at < text.length()) {
        char c = text.charAt(at);
        if (text.startsWith("/*", at)) {
          int end = text.indexOf("*/", at + 2);
          copyTo(end < 0 ? text.length() : end + 2);
        } else if (c == '"' || c == '\'' || c == '`') {
          copyTo(closing(c));
          afterValue = true;
        } else if (c == '/' && !afterValue) {
          literal();
        } else if (Character.isJavaIdentifierPart(c)) {
          word();
        } else {
          if (!Character.isWhitespace(c)) {
            afterValue = c == ')' || c == ']' || c == '}';
          }
          copyTo(at + 1);
        }
      }
    }

    private void copyTo(int end) {
      out.append(text, at, end);
      at = end;
    }

    private int closing(char quote) {
      for (int i = at + 1; i < text.length(); i++) {
        if (text.charAt(i) == '\\' && quote != '`') {
          i++;
        } else if (text.charAt(i) == quote) {
          return i + 1;
        }
      }
      return text.length();
    }

    private void word() {
      int end = at;
      while (end < text.length() && Character.isJavaIdentifierPart(text.charAt(end))) {
        end++;
      }
      afterValue = !OPERATORS.contains(text.substring(at, end));
      copyTo(end);
    }

    private void literal() {
      int depth = 0;
      for (int i = at + 1; i < text.length(); i++) {
        char c = text.charAt(i);
        if (c == '\\') {
          i++;
        } else if (c == '(' || c == '[' || c == '{') {
          depth++;
        } else if (c == ')' || c == ']' || c == '}') {
          depth--;
        } else if (c == '/' && depth == 0 && i > at + 1) {
          int end = i + 1;
          while (end < text.length() && "im".indexOf(text.charAt(end)) >= 0) {
            end++;
          }
          String name = NAME + literals.size();
          literals.add(new Literal(name, text.substring(at + 1, i), text.substring(i + 1, end)));
          out.append('$').append(name);
          at = end;
          afterValue = true;
          return;
        }
      }
      copyTo(text.length());
    }
  }
}
