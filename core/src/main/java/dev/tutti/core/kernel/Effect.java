package dev.tutti.core.kernel;

import org.jspecify.annotations.Nullable;

/**
 * What a fact makes the host do once the fact is durable. Until it is settled it stands in the
 * store beside the facts, so a crash delays it and never loses it.
 */
public sealed interface Effect {

  /**
   * A command to another aggregate: consumed exactly once.
   *
   * @param passing a mark that what follows has passed, see {@link Cause#passing}; null for none
   * @param because why, where it is not the fact: for what the owner kept back and lets go now.
   *     Null where it is
   */
  record Tell(Key to, Command command, @Nullable String passing, @Nullable Cause because)
      implements Effect {

    /** One that the fact is the cause of. */
    public Tell(Key to, Command command, @Nullable String passing) {
      this(to, command, passing, null);
    }

    /** One that the fact is the cause of, and that passes no mark. */
    public Tell(Key to, Command command) {
      this(to, command, null);
    }
  }

  /**
   * A request that ends in an {@link Outcome}, handed back through {@link Decider#outcome}. A call
   * that ends in this runtime takes effect exactly once; one to the world happens at least once,
   * always under the same id. The first outcome settles it; a later one changes nothing.
   *
   * @param name unique among the owner's unsettled effects, for example {@code task/17}
   * @param lane whose queue it waits in (a target's ARN): one slow lane delays no other
   * @param patientUntilMillis epoch milliseconds until which it may wait, unperformed, while its
   *     target is known to be down or busy; it then ends as {@link Outcome.Failed#untried}. Null
   *     where it is to be performed whatever is known of the target
   */
  record Call(String name, String lane, Request request, @Nullable Long patientUntilMillis)
      implements Effect {

    /** A call that is performed whatever is known of its target. */
    public Call(String name, String lane, Request request) {
      this(name, lane, request, null);
    }
  }

  /**
   * A command to its owner, not before a time.
   *
   * @param name unique among the owner's effects: a timer that was cancelled may be due already,
   *     and would be taken for another of its name
   * @param atMillis epoch milliseconds
   * @param anew whether what follows is a trace of its own, for example of each time that a
   *     schedule is due; else it belongs to that of the fact
   */
  record Wake(String name, long atMillis, Command command, boolean anew) implements Effect {

    /** One whose consequences belong to the trace of the fact. */
    public Wake(String name, long atMillis, Command command) {
      this(name, atMillis, command, false);
    }
  }

  /** Takes back the owner's unsettled {@link Call} or {@link Wake} of that name; else nothing. */
  record Cancel(String name) implements Effect {}
}
