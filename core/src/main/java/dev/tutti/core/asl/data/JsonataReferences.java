package dev.tutti.core.asl.data;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an expression refers to where nothing is: a definition's expressions have no document, so a
 * name means something only within a step, a filter, an order or a group, whose context it is of.
 * Reads expressions that are known to be well formed, by the binding powers of JSONata's operators.
 */
final class JsonataReferences {
  private static final Pattern TOKEN =
      Pattern.compile(
          "\\s+|/\\*.*?\\*/"
              + "|(?<text>\"(?:\\\\.|[^\"\\\\])*\"|'(?:\\\\.|[^'\\\\])*')"
              + "|(?<name>`[^`]*`)"
              + "|(?<number>\\d+(?:\\.\\d+)?(?:[eE][-+]?\\d+)?)"
              + "|(?<operator>\\.\\.|:=|!=|<=|>=|\\*\\*|~>|[-.\\[\\]{}(),@#;:?+*/%|=<>^&])"
              + "|(?<word>[^\\s\\-.\\[\\]{}(),@#;:?+*/%|=<>^&!~\"'`]+)",
          Pattern.DOTALL);

  private static final int CHOICE = 20;

  private static final Map<String, Integer> POWERS =
      Map.ofEntries(
          Map.entry(".", 75),
          Map.entry("[", 80),
          Map.entry("(", 80),
          Map.entry("@", 80),
          Map.entry("#", 80),
          Map.entry("{", 70),
          Map.entry("*", 60),
          Map.entry("/", 60),
          Map.entry("%", 60),
          Map.entry("+", 50),
          Map.entry("-", 50),
          Map.entry("&", 50),
          Map.entry("=", 40),
          Map.entry("<", 40),
          Map.entry(">", 40),
          Map.entry("^", 40),
          Map.entry("!=", 40),
          Map.entry("<=", 40),
          Map.entry(">=", 40),
          Map.entry("~>", 40),
          Map.entry("in", 40),
          Map.entry("and", 30),
          Map.entry("or", 25),
          Map.entry("..", 20),
          Map.entry("?", CHOICE),
          Map.entry(":=", 10));

  private static final int SIGN = 70;
  private static final Set<String> LITERALS = Set.of("true", "false", "null");
  private static final Set<String> FUNCTIONS = Set.of("function", "λ");
  private static final String END = "";

  /** What a caught error is called; it is there where one is caught. */
  static final String ERROR_OUTPUT = "$states.errorOutput";

  private final List<Token> tokens;
  private final Set<String> found = new LinkedHashSet<>();
  private int at;

  /**
   * A token.
   *
   * @param text of names without their quotes
   */
  private record Token(Kind kind, String text) {
    boolean is(String operator) {
      return kind == Kind.OPERATOR && text.equals(operator);
    }
  }

  private enum Kind {
    VALUE,
    NAME,
    WORD,
    OPERATOR
  }

  private JsonataReferences(List<Token> tokens) {
    this.tokens = tokens;
  }

  /**
   * The names, {@code $} and {@code $$} that an expression refers to without a context, and {@link
   * #ERROR_OUTPUT}; each once, in the order of their writing.
   */
  static List<String> of(String expression) {
    List<Token> tokens = tokens(expression);
    if (tokens == null) {
      return List.of();
    }
    var references = new JsonataReferences(tokens);
    references.expression(0, false);
    return List.copyOf(references.found);
  }

  /** Null where something is no token. */
  private static @Nullable List<Token> tokens(String expression) {
    var tokens = new ArrayList<Token>();
    Matcher matcher = TOKEN.matcher(expression);
    int end = 0;
    while (matcher.find() && matcher.start() == end) {
      end = matcher.end();
      String name = matcher.group("name");
      String word = matcher.group("word");
      String operator = matcher.group("operator");
      if (matcher.group("text") != null || matcher.group("number") != null) {
        tokens.add(new Token(Kind.VALUE, matcher.group()));
      } else if (name != null) {
        tokens.add(new Token(Kind.NAME, name.substring(1, name.length() - 1)));
      } else if (word != null) {
        tokens.add(new Token(Kind.WORD, word));
      } else if (operator != null) {
        tokens.add(new Token(Kind.OPERATOR, operator));
      }
    }
    return end == expression.length() ? tokens : null;
  }

  private Token next() {
    return at < tokens.size() ? tokens.get(at) : new Token(Kind.OPERATOR, END);
  }

  private boolean takes(String operator) {
    if (next().is(operator)) {
      at++;
      return true;
    }
    return false;
  }

  private boolean ended() {
    return at >= tokens.size();
  }

  /**
   * Reads an expression.
   *
   * @param power of the operator before it
   * @param within whether there is a context
   */
  private void expression(int power, boolean within) {
    prefix(within);
    while (!ended()) {
      String operator = next().kind() == Kind.VALUE ? END : next().text();
      Integer binds = next().kind() == Kind.NAME ? null : POWERS.get(operator);
      if (binds == null || binds <= power) {
        return;
      }
      at++;
      infix(operator, binds, within);
    }
  }

  private void infix(String operator, int binds, boolean within) {
    switch (operator) {
      case "." -> expression(binds, true);
      case "[" -> list("]", true);
      case "{" -> list("}", true);
      case "(" -> list(")", within);
      case "^" -> {
        takes("(");
        list(")", true);
      }
      case "?" -> {
        expression(0, within);
        if (takes(":")) {
          expression(0, within);
        }
      }
      case ":=" -> expression(binds - 1, within);
      default -> expression(binds, within);
    }
  }

  /** Expressions up to a bracket, with whatever may stand between them. */
  private void list(String end, boolean within) {
    while (!ended() && !takes(end)) {
      if (!takes(",")
          && !takes(";")
          && !takes(":")
          && !takes("..")
          && !takes("<")
          && !takes(">")
          && !takes("?")) {
        expression(0, within);
      }
    }
  }

  private void prefix(boolean within) {
    Token token = next();
    at++;
    switch (token.kind()) {
      case VALUE -> {
        // refers to nothing
      }
      case NAME -> refer(token.text(), within);
      case WORD -> word(token.text(), within);
      case OPERATOR -> {
        switch (token.text()) {
          case "-" -> expression(SIGN, within);
          case "(" -> list(")", within);
          case "[" -> list("]", within);
          case "{" -> list("}", within);
          case "|" -> {
            expression(CHOICE, true);
            while (takes("|") || takes(",")) {
              if (!ended() && !next().is("|")) {
                expression(CHOICE, true);
              }
              if (takes("|")) {
                return;
              }
            }
          }
          default -> {
            // a wildcard, a parent; an end, where there is nothing to read
          }
        }
      }
    }
  }

  private void word(String word, boolean within) {
    if (FUNCTIONS.contains(word) && takes("(")) {
      while (!ended() && !takes(")")) {
        at++;
      }
      while (!ended() && !takes("{")) {
        at++;
      }
      list("}", within);
    } else if (word.equals("$states")) {
      if (next().is(".") && at + 1 < tokens.size() && isErrorOutput(tokens.get(at + 1))) {
        found.add(ERROR_OUTPUT);
      }
    } else if (word.equals("$$")) {
      found.add(word);
    } else if (word.equals("$") || !word.startsWith("$")) {
      if (!LITERALS.contains(word)) {
        refer(word, within);
      }
    }
  }

  private static boolean isErrorOutput(Token token) {
    return token.kind() != Kind.VALUE && token.text().equals("errorOutput");
  }

  private void refer(String name, boolean within) {
    if (!within) {
      found.add(name);
    }
  }
}
