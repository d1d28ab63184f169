package dev.tutti.core.logs.filter;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.json.Json;
import dev.tutti.core.json.MalformedJson;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** A condition on the properties of a message that is a JSON object; no other message meets it. */
record Properties(Condition condition) implements LogFilter {
  private static final int DEEPEST = 100;
  private static final int MOST_WILDCARDS = 3;

  /** What has to be true of a message. */
  private sealed interface Condition {
    record All(List<Condition> of) implements Condition {}

    record Any(List<Condition> of) implements Condition {}

    record Compared(Selector selector, Comparison comparison) implements Condition {}

    record Is(Selector selector, Predicate<JsonNode> what) implements Condition {}

    record Absent(Selector selector) implements Condition {}
  }

  static Properties of(String text) {
    FilterText rest = new FilterText(text);
    Condition condition = any(rest, 0);
    if (!rest.atEnd()) {
      throw FilterText.invalid();
    }
    if (wildcards(condition) > MOST_WILDCARDS) {
      throw new IllegalArgumentException(
          "Your input has exceeded the maximum of %d JSON wildcard selectors allowed per filter"
                  .formatted(MOST_WILDCARDS)
              + " pattern.");
    }
    return new Properties(condition);
  }

  private static Condition any(FilterText rest, int depth) {
    List<Condition> of = new ArrayList<>();
    do {
      of.add(all(rest, depth));
    } while (rest.takes("||"));
    return of.size() == 1 ? of.getFirst() : new Condition.Any(of);
  }

  private static Condition all(FilterText rest, int depth) {
    List<Condition> of = new ArrayList<>();
    do {
      of.add(one(rest, depth));
    } while (rest.takes("&&"));
    return of.size() == 1 ? of.getFirst() : new Condition.All(of);
  }

  private static Condition one(FilterText rest, int depth) {
    if (depth > DEEPEST) {
      throw new IllegalArgumentException("Too many parentheses in each other");
    }
    if (rest.takes('(')) {
      Condition inner = any(rest, depth + 1);
      if (!rest.takes(')')) {
        throw rest.unexpected();
      }
      return inner;
    }
    Selector selector = Selector.of(rest);
    if (rest.takesWord("IS")) {
      return new Condition.Is(selector, what(rest));
    }
    if (rest.takesWord("NOT")) {
      if (!rest.takesWord("EXISTS")) {
        throw FilterText.invalid();
      }
      return new Condition.Absent(selector);
    }
    if (!Comparison.isNext(rest)) {
      throw FilterText.invalid();
    }
    return new Condition.Compared(selector, Comparison.of(rest));
  }

  private static Predicate<JsonNode> what(FilterText rest) {
    if (rest.takesWord("NULL")) {
      return Properties::isNull;
    }
    boolean wanted = rest.takesWord("TRUE");
    if (!wanted && !rest.takesWord("FALSE")) {
      throw FilterText.invalid();
    }
    return value -> value.isBoolean() && value.asBoolean() == wanted;
  }

  /** Of an array, AWS says so where one of its elements is. */
  private static boolean isNull(JsonNode value) {
    return value.isNull() || (value.isArray() && value.valueStream().anyMatch(JsonNode::isNull));
  }

  private static long wildcards(Condition condition) {
    return switch (condition) {
      case Condition.All(List<Condition> of) -> of.stream().mapToLong(Properties::wildcards).sum();
      case Condition.Any(List<Condition> of) -> of.stream().mapToLong(Properties::wildcards).sum();
      case Condition.Compared(Selector selector, Comparison comparison) -> selector.wildcards();
      case Condition.Is(Selector selector, Predicate<JsonNode> what) -> selector.wildcards();
      case Condition.Absent(Selector selector) -> selector.wildcards();
    };
  }

  @Override
  public boolean matches(String message) {
    if (!message.stripLeading().startsWith("{")) {
      return false;
    }
    try {
      return holds(condition, Json.parseLastWins(message));
    } catch (MalformedJson e) {
      return false;
    }
  }

  private static boolean holds(Condition condition, JsonNode message) {
    return switch (condition) {
      case Condition.All(List<Condition> of) -> of.stream().allMatch(each -> holds(each, message));
      case Condition.Any(List<Condition> of) -> of.stream().anyMatch(each -> holds(each, message));
      case Condition.Compared(Selector selector, Comparison comparison) ->
          selector.in(message).stream().anyMatch(comparison::holds);
      case Condition.Is(Selector selector, Predicate<JsonNode> what) ->
          selector.in(message).stream().anyMatch(what);
      case Condition.Absent(Selector selector) -> selector.in(message).isEmpty();
    };
  }
}
