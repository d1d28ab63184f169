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
import java.util.List;

/** A decider that does as another does, until a method is overridden. */
class Delegate<S, C extends Command, F extends Fact> implements Decider<S, C, F> {
  final Decider<S, C, F> honest;

  Delegate(Decider<S, C, F> honest) {
    this.honest = honest;
  }

  @Override
  public String kind() {
    return honest.kind();
  }

  @Override
  public Class<C> commands() {
    return honest.commands();
  }

  @Override
  public Class<F> facts() {
    return honest.facts();
  }

  @Override
  public S blank(Key key) {
    return honest.blank(key);
  }

  @Override
  public Decision<C, F> decide(S state, C command, Moment moment) {
    return honest.decide(state, command, moment);
  }

  @Override
  public S apply(S state, Recorded<F> recorded) {
    return honest.apply(state, recorded);
  }

  @Override
  public List<Effect> effects(S state, Recorded<F> recorded) {
    return honest.effects(state, recorded);
  }

  @Override
  public C outcome(String call, Outcome outcome) {
    return honest.outcome(call, outcome);
  }

  @Override
  public void index(S state, Recorded<F> recorded, Rows rows) {
    honest.index(state, recorded, rows);
  }
}
