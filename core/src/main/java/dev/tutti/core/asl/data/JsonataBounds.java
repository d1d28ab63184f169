package dev.tutti.core.asl.data;

import dev.tutti.core.pattern.Regex;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How much one evaluation has done, and may do: an expression costs a quarter of a second at most.
 */
final class JsonataBounds {
  /** Of the evaluation under way: functions charge it for what they make. */
  static final ScopedValue<JsonataBounds> CURRENT = ScopedValue.newInstance();

  /** Nodes that one evaluation looks at: a tenth of a second, or two. */
  private static final int MOST_STEPS = 200_000;

  private static final int DEEPEST = 302;

  /** Steps of a regular expression that take the time in which an element is made. */
  private static final int WORK_OF_AN_ELEMENT = 16;

  private final JsonataWeight weight = new JsonataWeight();
  private int steps;
  private int depth;

  void enter() {
    if (++steps > MOST_STEPS) {
      throw JsonataError.tooLong();
    }
    if (++depth > DEEPEST) {
      throw JsonataError.tooDeep();
    }
  }

  /** Whether what failed is the expression, and not a part of it: a failure leaves nothing. */
  boolean isOfAll() {
    return depth == 1;
  }

  void leave(@Nullable Object result) {
    depth--;
    charge(result);
  }

  void charge(JsonataCost cost, @Nullable List<?> arguments) {
    weight.charge(cost.of(arguments, weight));
  }

  /** Of a search by a regular expression. */
  void search(Regex regex, String text) {
    weight.charge(regex.work(text) / WORK_OF_AN_ELEMENT);
  }

  void charge(@Nullable Object result) {
    JsonataFunctions.checkSize(result);
    weight.add(result);
  }
}
