package dev.tutti.core.asl;

import dev.tutti.core.asl.choice.Condition;
import dev.tutti.core.asl.data.DataFlow;
import dev.tutti.core.asl.data.Scope;
import dev.tutti.core.asl.data.StatesError;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Goes where the first rule that holds leads.
 *
 * @param otherwise the Default state, null for none
 */
public record ChoiceState(
    String name,
    @Nullable String comment,
    DataFlow data,
    List<Rule> rules,
    @Nullable String otherwise)
    implements State {
  public ChoiceState {
    rules = List.copyOf(rules);
  }

  /**
   * A condition and the state that follows where it holds.
   *
   * @param data how data goes through the state where this rule is taken
   */
  public record Rule(@Nullable String comment, Condition condition, DataFlow data, String next) {}

  /** Where it goes, and how data goes there. */
  public record Way(String next, DataFlow data) {}

  /**
   * The way to go.
   *
   * @param scope over the state's input after {@link DataFlow#input}
   * @throws StatesError States.Runtime where no rule holds and there is no Default (as AWS, not
   *     States.NoChoiceMatched), or where a path leads nowhere
   */
  public Way choose(Scope scope) {
    for (Rule rule : rules) {
      if (rule.condition().holds(scope)) {
        return new Way(rule.next(), rule.data());
      }
    }
    if (otherwise == null) {
      throw StatesError.runtime(
          "Failed to transition out of the state. The state does not point to a next state.");
    }
    return new Way(otherwise, data);
  }
}
