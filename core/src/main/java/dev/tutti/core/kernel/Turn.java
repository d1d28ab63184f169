package dev.tutti.core.kernel;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One command and all that follows from it in the same commit: decide, apply and read off the
 * effects, decide what is {@link Decision#next()}, until nothing is. Follow-ups are decided depth
 * first: those of a follow-up come before its later siblings.
 *
 * @param state after the last fact
 * @param facts in order
 * @param effects of each fact, in the order of the facts
 * @param reply the last one given; null where none was
 */
public record Turn<S, F extends Fact>(
    S state, List<Recorded<F>> facts, List<List<Effect>> effects, @Nullable Reply reply) {
  /** Most decisions of one turn; more is a decider that never comes to rest. */
  private static final int MAX_DECISIONS = 1_000_000;

  /**
   * Runs a command to its end.
   *
   * @param state the aggregate's; changed in place where its {@code apply} does that, so it is lost
   *     when this throws
   * @param seq of the aggregate's last fact; 0 where it has none
   */
  public static <S, C extends Command, F extends Fact> Turn<S, F> run(
      Decider<S, C, F> decider, Key key, S state, long seq, C command, Moment moment, Cause cause) {
    S current = state;
    List<Recorded<F>> facts = new ArrayList<>();
    List<List<Effect>> effects = new ArrayList<>();
    Reply reply = null;
    Deque<C> todo = new ArrayDeque<>();
    todo.add(command);
    for (int decisions = 0; !todo.isEmpty(); decisions++) {
      if (decisions == MAX_DECISIONS) {
        throw new IllegalStateException(key + " does not come to rest");
      }
      Decision<C, F> decision = decider.decide(current, todo.remove(), moment);
      for (F fact : decision.facts()) {
        Recorded<F> recorded =
            new Recorded<>(key, seq + facts.size() + 1, moment.millis(), cause, fact);
        current = decider.apply(current, recorded);
        facts.add(recorded);
        effects.add(decider.effects(current, recorded));
      }
      if (decision.reply() != null) {
        reply = decision.reply();
      }
      decision.next().reversed().forEach(todo::addFirst);
    }
    return new Turn<>(current, facts, effects, reply);
  }
}
