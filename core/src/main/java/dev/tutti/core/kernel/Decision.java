package dev.tutti.core.kernel;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.json.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a decider makes of a command.
 *
 * @param facts to be applied and recorded, in order
 * @param reply for whoever waits; null leaves it to a later command of {@code next}
 * @param next commands to the same aggregate, decided one after the other in the same commit, each
 *     on the state after all before it: how a long walk stays a row of small decisions
 */
public record Decision<C extends Command, F extends Fact>(
    List<F> facts, @Nullable Reply reply, List<C> next) {

  public static <C extends Command, F extends Fact> Decision<C, F> none() {
    return new Decision<>(List.of(), null, List.of());
  }

  public static <C extends Command, F extends Fact> Decision<C, F> of(F fact) {
    return new Decision<>(List.of(fact), null, List.of());
  }

  public static <C extends Command, F extends Fact> Decision<C, F> of(List<? extends F> facts) {
    return new Decision<>(List.copyOf(facts), null, List.of());
  }

  /** Refuses: no facts. */
  public static <C extends Command, F extends Fact> Decision<C, F> refuse(
      String code, String message) {
    return new Decision<>(List.of(), new Reply.Refused(code, message), List.of());
  }

  public Decision<C, F> replying(JsonNode value) {
    return new Decision<>(facts, new Reply.Done(value), next);
  }

  /** Replies with an empty object. */
  public Decision<C, F> replying() {
    return replying(Json.object());
  }

  public Decision<C, F> then(C command) {
    return then(List.of(command));
  }

  public Decision<C, F> then(List<? extends C> commands) {
    return new Decision<>(facts, reply, List.copyOf(commands));
  }
}
