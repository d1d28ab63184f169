package dev.tutti.simulate;

import dev.tutti.core.kernel.Command;
import dev.tutti.core.kernel.Decider;
import dev.tutti.core.kernel.Decision;
import dev.tutti.core.kernel.Fact;
import dev.tutti.core.kernel.Moment;
import java.util.List;
import java.util.function.Function;

/** A decider that decides other facts than an honest one. */
final class OtherFacts<C extends Command, F extends Fact> extends Delegate<Object, C, F> {
  private final Function<F, List<F>> others;

  /**
   * As the honest one, but for its facts.
   *
   * @param others what stands in a fact's place
   */
  OtherFacts(Decider<Object, C, F> honest, Function<F, List<F>> others) {
    super(honest);
    this.others = others;
  }

  @Override
  public Decision<C, F> decide(Object state, C command, Moment moment) {
    Decision<C, F> decision = super.decide(state, command, moment);
    return new Decision<>(
        decision.facts().stream().flatMap(fact -> others.apply(fact).stream()).toList(),
        decision.reply(),
        decision.next());
  }
}
