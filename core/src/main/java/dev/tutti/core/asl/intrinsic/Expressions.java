package dev.tutti.core.asl.intrinsic;

import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.tutti.core.asl.data.Expression;
import dev.tutti.core.asl.data.Path;
import dev.tutti.core.asl.data.Paths;
import dev.tutti.core.json.Json;
import dev.tutti.core.json.MalformedJson;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Reads what may stand in a field whose name ends in {@code .$}: a path, or a call of a function
 * (specification, "Intrinsic functions"). Arguments are texts in single quotes, numbers, true,
 * false, null, paths and calls. In texts a backslash may stand before a quote, a brace or a
 * backslash and nowhere else; there are no line breaks.
 */
public final class Expressions {
  /** How deep calls may stand in calls. */
  private static final int DEEPEST = 10;

  private static final String NAMESPACE = "States.";

  private final String text;
  private int at;

  private Expressions(String text) {
    this.text = text;
  }

  /** The expression that a text stands for, null where it is none. */
  public static @Nullable Expression parse(String text) {
    if (text.startsWith("$")) {
      return Paths.parse(text);
    }
    var reader = new Expressions(text);
    Expression call = reader.call(1);
    reader.skipSpace();
    return reader.at == text.length() ? call : null;
  }

  private @Nullable Expression call(int depth) {
    int start = at;
    while (at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || peek('.'))) {
      at++;
    }
    Intrinsic function = Intrinsic.named(text.substring(start, at));
    if (function == null || depth > DEEPEST || !take('(')) {
      return null;
    }
    var arguments = new ArrayList<Expression>();
    skipSpace();
    while (!take(')')) {
      if (!arguments.isEmpty() && !take(',')) {
        return null;
      }
      skipSpace();
      Expression argument = argument(depth);
      if (argument == null) {
        return null;
      }
      arguments.add(argument);
      skipSpace();
    }
    return new IntrinsicCall(text.substring(start, at), function, arguments);
  }

  private @Nullable Expression argument(int depth) {
    if (peek('\'')) {
      return quoted();
    }
    if (peek('$')) {
      return path();
    }
    return text.startsWith(NAMESPACE, at) ? call(depth + 1) : word();
  }

  private @Nullable Expression quoted() {
    int start = at;
    var value = new StringBuilder();
    for (at++; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == '\'') {
        at++;
        return new Literal(
            text.substring(start, at),
            TextNode.valueOf(value.toString()),
            text.substring(start + 1, at - 1));
      }
      if (c == '\n' || c == '\r') {
        return null;
      }
      if (c == '\\') {
        at++;
        if (at == text.length() || "'{}\\".indexOf(text.charAt(at)) < 0) {
          return null;
        }
        c = text.charAt(at);
      }
      value.append(c);
    }
    return null;
  }

  /** A path goes on to the comma or parenthesis that is outside of its own brackets and quotes. */
  private @Nullable Path path() {
    int start = at;
    int open = 0;
    char quote = 0;
    for (; at < text.length(); at++) {
      char c = text.charAt(at);
      if (quote != 0) {
        if (c == '\\') {
          at++;
        } else if (c == quote) {
          quote = 0;
        }
      } else if (open > 0 && (c == '\'' || c == '"')) {
        quote = c;
      } else if (c == '[' || c == '(') {
        open++;
      } else if (open > 0 && (c == ']' || c == ')')) {
        open--;
      } else if (open == 0 && (c == ',' || c == ')')) {
        break;
      }
    }
    return Paths.parse(text.substring(start, Math.min(at, text.length())).stripTrailing());
  }

  private @Nullable Expression word() {
    int start = at;
    while (at < text.length() && ",) \t\r\n".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    String word = text.substring(start, at);
    return switch (word) {
      case "null" -> new Literal(word, NullNode.getInstance(), "");
      case "true" -> new Literal(word, BooleanNode.TRUE, "");
      case "false" -> new Literal(word, BooleanNode.FALSE, "");
      default -> number(word);
    };
  }

  private static @Nullable Expression number(String word) {
    try {
      var value = Json.parse(word);
      return value.isNumber() ? new Literal(word, value, "") : null;
    } catch (MalformedJson e) {
      return null;
    }
  }

  private boolean peek(char c) {
    return at < text.length() && text.charAt(at) == c;
  }

  private boolean take(char c) {
    boolean there = peek(c);
    if (there) {
      at++;
    }
    return there;
  }

  private void skipSpace() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }
}
