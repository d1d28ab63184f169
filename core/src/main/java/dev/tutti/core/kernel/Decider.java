package dev.tutti.core.kernel;

import java.util.List;

/**
 * A domain's rules for one kind of aggregate.
 *
 * <p>The host calls it in this order, on one thread per shard: {@link #decide} on the loaded state;
 * for each fact {@link #apply} and {@link #effects}; then {@link #decide} for each command of
 * {@link Decision#next()}. All of it goes into one commit.
 *
 * <p>{@code decide} may refuse and may not change; {@code apply} may change and may not refuse. A
 * state is whatever {@code apply} makes of the facts alone, so replaying the log gives it again.
 *
 * @param <S> the aggregate's state; may be mutable, but only {@code apply} changes it
 * @param <C> the domain's sealed commands
 * @param <F> the domain's sealed facts
 */
public interface Decider<S, C extends Command, F extends Fact> {

  /** The {@link Key#kind()} of its aggregates. */
  String kind();

  /** The sealed interface of its commands. */
  Class<C> commands();

  /** The sealed interface of its facts. */
  Class<F> facts();

  /** The state before the first fact. */
  S blank(Key key);

  Decision<C, F> decide(S state, C command, Moment moment);

  /** Returns the state after a fact; may be the same object, changed. */
  S apply(S state, Recorded<F> recorded);

  /**
   * What a fact makes the host do.
   *
   * @param state right after the fact: what a fact need not repeat is read off it
   */
  List<Effect> effects(S state, Recorded<F> recorded);

  /**
   * The command that an outcome of one of this domain's calls becomes.
   *
   * @param call the {@link Effect.Call#name()}
   */
  C outcome(String call, Outcome outcome);

  /**
   * Keeps rows for lists and look-ups, in the same commit. {@code state} is after all facts of the
   * same turn.
   */
  default void index(S state, Recorded<F> recorded, Rows rows) {}

  /** Where {@link #index} writes. */
  interface Rows {
    /**
     * Puts or replaces a row.
     *
     * @param table for example {@code executions}
     * @param key parts that sort as text; a list is read by its first parts
     */
    void put(String table, List<String> key, com.fasterxml.jackson.databind.JsonNode value);

    void delete(String table, List<String> key);

    /**
     * Deletes committed rows from the first one with a prefix through one with that prefix, whether
     * or not it is there. Whoever asks sees to it that they aren't too many for a commit.
     */
    void deleteThrough(String table, List<String> prefix, List<String> last);
  }
}
