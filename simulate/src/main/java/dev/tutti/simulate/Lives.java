package dev.tutti.simulate;

import dev.tutti.core.kernel.Command;
import dev.tutti.core.kernel.Decider;
import dev.tutti.core.kernel.Decision;
import dev.tutti.core.kernel.Effect;
import dev.tutti.core.kernel.Fact;
import dev.tutti.core.kernel.Key;
import dev.tutti.core.kernel.Moment;
import dev.tutti.core.kernel.Outcome;
import dev.tutti.core.kernel.Recorded;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The states that one process holds in memory, and what its deciders threw. */
final class Lives {
  private final Map<Key, Object> states = new HashMap<>();

  /** The names of all timers, cancelled and past ones too, by whose they are. */
  private final Map<Key, Set<String>> timers = new HashMap<>();

  private final List<String> defects;

  Lives(List<String> defects) {
    this.defects = defects;
  }

  /** The states touched since the process was started. */
  Map<Key, Object> states() {
    return states;
  }

  <S, C extends Command, F extends Fact> Decider<S, C, F> watch(Decider<S, C, F> decider) {
    return new Watched<>(decider);
  }

  private final class Watched<S, C extends Command, F extends Fact> implements Decider<S, C, F> {
    private final Decider<S, C, F> decider;

    Watched(Decider<S, C, F> decider) {
      this.decider = decider;
    }

    @Override
    public String kind() {
      return decider.kind();
    }

    @Override
    public Class<C> commands() {
      return decider.commands();
    }

    @Override
    public Class<F> facts() {
      return decider.facts();
    }

    @Override
    public S blank(Key key) {
      return decider.blank(key);
    }

    @Override
    public Decision<C, F> decide(S state, C command, Moment moment) {
      try {
        return decider.decide(state, command, moment);
      } catch (RuntimeException defect) {
        defects.add("deciding " + command + " threw " + defect + at(defect));
        throw defect;
      }
    }

    private static String at(RuntimeException defect) {
      StackTraceElement[] trace = defect.getStackTrace();
      return trace.length == 0 ? "" : " at " + trace[0];
    }

    @Override
    public S apply(S state, Recorded<F> recorded) {
      try {
        S after = decider.apply(state, recorded);
        states.put(recorded.key(), after);
        return after;
      } catch (RuntimeException defect) {
        defects.add("applying " + recorded + " threw " + defect + at(defect));
        throw defect;
      }
    }

    @Override
    public List<Effect> effects(S state, Recorded<F> recorded) {
      List<Effect> effects = decider.effects(state, recorded);
      for (Effect effect : effects) {
        if (effect instanceof Effect.Wake wake
            && !timers.computeIfAbsent(recorded.key(), _ -> new HashSet<>()).add(wake.name())) {
          defects.add("I12: " + recorded.key() + " has a second timer named " + wake.name());
        }
      }
      return effects;
    }

    @Override
    public C outcome(String call, Outcome outcome) {
      return decider.outcome(call, outcome);
    }

    @Override
    public void index(S state, Recorded<F> recorded, Rows rows) {
      decider.index(state, recorded, rows);
    }
  }
}
