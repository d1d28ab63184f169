package dev.tutti.core.asl.choice;

import dev.tutti.core.asl.data.Jsonata;
import dev.tutti.core.asl.data.Scope;
import java.util.List;

/** What a choice rule asks of the data. */
public sealed interface Condition {
  /**
   * Whether it holds.
   *
   * @throws dev.tutti.core.asl.data.StatesError States.Runtime where a path leads nowhere
   */
  boolean holds(Scope scope);

  /** All of them; the first that does not hold ends it. */
  record And(List<Condition> conditions) implements Condition {
    public And {
      conditions = List.copyOf(conditions);
    }

    @Override
    public boolean holds(Scope scope) {
      for (Condition condition : conditions) {
        if (!condition.holds(scope)) {
          return false;
        }
      }
      return true;
    }
  }

  /** Any of them; the first that holds ends it. */
  record Or(List<Condition> conditions) implements Condition {
    public Or {
      conditions = List.copyOf(conditions);
    }

    @Override
    public boolean holds(Scope scope) {
      for (Condition condition : conditions) {
        if (condition.holds(scope)) {
          return true;
        }
      }
      return false;
    }
  }

  /** The opposite. */
  record Not(Condition condition) implements Condition {
    @Override
    public boolean holds(Scope scope) {
      return !condition.holds(scope);
    }
  }

  /** An expression of JSONata. */
  record Queried(String field, Jsonata expression) implements Condition {
    @Override
    public boolean holds(Scope scope) {
      return expression.typed(scope, field, Jsonata.Type.BOOLEAN).booleanValue();
    }
  }

  /** The same whatever the data. */
  record Constant(boolean value) implements Condition {
    @Override
    public boolean holds(Scope scope) {
      return value;
    }
  }

  /** A test of one value of the data. */
  non-sealed interface Test extends Condition {}
}
