package dev.tutti.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.core.kernel.Command;
import dev.tutti.core.kernel.Decider;
import dev.tutti.core.kernel.Effect;
import dev.tutti.core.kernel.Fact;
import dev.tutti.core.kernel.Recorded;
import dev.tutti.host.Store;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Builds that are broken on purpose, and how they are caught: each by what it breaks. */
final class Breaking {
  private static final int MOST_RUNS = 600;

  private Breaking() {}

  static void isCaught(Build broken, String... faults) {
    for (int seed = 1; seed <= MOST_RUNS; seed++) {
      Verdict verdict = Simulation.run(Generator.scenario(seed), broken);
      if (!verdict.passed()) {
        String first = verdict.faults().getFirst();
        System.out.println("caught in run " + seed + ": " + first);
        assertThat(faults).as("seed " + seed + ": " + first).anyMatch(first::contains);
        assertThat(Simulation.run(Generator.scenario(seed), Build.HONEST).faults()).isEmpty();
        return;
      }
    }
    assertThat(broken).as("caught within " + MOST_RUNS + " runs").isNull();
  }

  static Build store(Function<Store, Store> broken) {
    return new Build() {
      @Override
      public Store store(Store disk) {
        return broken.apply(disk);
      }
    };
  }

  /** Breaks the decider of one kind. */
  static Build decider(String kind, UnaryOperator<Decider<?, ?, ?>> broken) {
    return new Build() {
      @Override
      @SuppressWarnings("unchecked") // a broken decider has the types of the honest one
      public <S, C extends Command, F extends Fact> Decider<S, C, F> decider(
          Decider<S, C, F> honest) {
        return honest.kind().equals(kind) ? (Decider<S, C, F>) broken.apply(honest) : honest;
      }
    };
  }

  /** Wakes the aggregates of one kind before their time. */
  static Build early(String kind, long millis) {
    return decider(
        kind,
        honest ->
            new Delegate<Object, Command, Fact>(as(honest)) {
              @Override
              public List<Effect> effects(Object state, Recorded<Fact> recorded) {
                return super.effects(state, recorded).stream()
                    .map(effect -> early(effect, millis))
                    .toList();
              }
            });
  }

  private static Effect early(Effect effect, long millis) {
    return effect instanceof Effect.Wake wake
        ? new Effect.Wake(wake.name(), wake.atMillis() - millis, wake.command(), wake.anew())
        : effect;
  }

  @SuppressWarnings("unchecked") // the decider of this kind decides by these
  static <S, C extends Command, F extends Fact> Decider<S, C, F> as(Decider<?, ?, ?> decider) {
    return (Decider<S, C, F>) decider;
  }

  /** Compiles something else than was written. */
  static Build compiles(UnaryOperator<String> broken) {
    return new Build() {
      @Override
      public String definition(String written) {
        return broken.apply(written);
      }
    };
  }
}
