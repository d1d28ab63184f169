package dev.tutti.simulate;

import dev.tutti.core.kernel.Command;
import dev.tutti.core.kernel.Decider;
import dev.tutti.core.kernel.Fact;
import dev.tutti.host.Store;
import dev.tutti.services.http.Web;
import dev.tutti.services.objects.ObjectStore;
import dev.tutti.services.states.Pace;

/**
 * How an engine is put together: as it is meant to be, unless a method is overridden to break it on
 * purpose.
 */
interface Build {
  /** The engine as it is meant to be. */
  Build HONEST = new Build() {};

  /** The store that a process opens on a disk. */
  default Store store(Store disk) {
    return disk;
  }

  /** Where the engine finds the objects that are outside. */
  default ObjectStore objects(ObjectStore outside) {
    return outside;
  }

  /** Whom the engine asks over HTTP. */
  default Web web(Web outside) {
    return outside;
  }

  /** How express executions go on. */
  default Pace pace() {
    return Pace.VIRTUAL;
  }

  /** What the engine compiles where a definition was written. */
  default String definition(String written) {
    return written;
  }

  default <S, C extends Command, F extends Fact> Decider<S, C, F> decider(Decider<S, C, F> honest) {
    return honest;
  }
}
