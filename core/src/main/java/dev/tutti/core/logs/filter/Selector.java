package dev.tutti.core.logs.filter;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * The way to properties of a message: {@code $.a.b}, {@code $.a[0]}, {@code $.a[*]}, {@code $.*},
 * {@code $.['a.b']}.
 */
record Selector(List<Step> steps) {
  /** A step of the way. */
  private sealed interface Step {
    record Name(String name) implements Step {}

    record Index(int index) implements Step {}

    record Each() implements Step {}
  }

  static Selector of(FilterText rest) {
    if (!rest.takes('$')) {
      throw rest.unexpected();
    }
    List<Step> steps = new ArrayList<>();
    while (true) {
      boolean dot = rest.takes('.');
      if (rest.isNext('[')) {
        steps.add(bracket(rest));
      } else if (dot) {
        if (rest.isNext('.')) {
          throw FilterText.invalid("$..");
        }
        steps.add(rest.takes('*') ? new Step.Each() : new Step.Name(rest.name()));
      } else {
        rest.skipBlanks();
        return checked(new Selector(List.copyOf(steps)));
      }
    }
  }

  private static Selector checked(Selector selector) {
    if (selector.wildcards() > 1) {
      throw new IllegalArgumentException(
          "Your filter pattern has a JSON path selector that exceeds the maximum of 1 wildcard"
              + " allowed per json selector.");
    }
    return selector;
  }

  /** How many of its steps stand for each element. */
  long wildcards() {
    return steps.stream().filter(step -> step instanceof Step.Each).count();
  }

  private static Step bracket(FilterText rest) {
    var _ = rest.takes('[');
    if (rest.isNext('-')) {
      throw FilterText.invalid("[-");
    }
    Step step;
    if (rest.takes('*')) {
      step = new Step.Each();
    } else if (rest.takes('\'')) {
      step = new Step.Name(rest.until('\''));
    } else {
      String index = rest.name();
      if (rest.isNext(':')) {
        throw FilterText.invalid("[" + index + ":");
      }
      step = index(index);
    }
    if (!rest.takes(']')) {
      throw rest.unexpected();
    }
    return step;
  }

  private static Step index(String text) {
    try {
      return new Step.Index(Integer.parseInt(text));
    } catch (NumberFormatException e) {
      throw FilterText.invalid(text);
    }
  }

  /** What is there; nothing, or several things, where a step stands for each element. */
  List<JsonNode> in(JsonNode message) {
    List<JsonNode> found = List.of(message);
    for (Step step : steps) {
      List<JsonNode> next = new ArrayList<>();
      for (JsonNode node : found) {
        switch (step) {
          case Step.Name(String name) -> next.add(node.path(name));
          case Step.Index(int index) -> next.add(node.path(index));
          case Step.Each() -> node.forEach(next::add);
        }
      }
      next.removeIf(JsonNode::isMissingNode);
      found = next;
    }
    return found;
  }
}
