package dev.tutti.core.asl;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A compiled definition (Amazon States Language specification, "Top-level fields").
 *
 * @param timeoutSeconds longest run of an execution; null for none
 * @param version of the language, "1.0" unless stated
 */
public record StateMachine(
    @Nullable String comment,
    Flow flow,
    @Nullable Long timeoutSeconds,
    String version,
    QueryLanguage queryLanguage) {

  public String startAt() {
    return flow.startAt();
  }

  public Map<String, State> states() {
    return flow.states();
  }
}
