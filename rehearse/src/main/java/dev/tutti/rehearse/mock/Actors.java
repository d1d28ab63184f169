package dev.tutti.rehearse.mock;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.kernel.Outcome;
import dev.tutti.core.workflow.Staged;
import dev.tutti.core.workflow.execution.Arns;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Who plays which states' Tasks, and how often each was asked. Not for several threads. */
public final class Actors implements Staged.Cast {
  private final Map<String, Map<String, Responses>> byMachine = new HashMap<>();
  private final Map<String, Integer> asked = new HashMap<>();

  /**
   * Has states of a state machine played.
   *
   * @param machineArn its ARN
   * @param states mocks by state
   */
  public void play(String machineArn, Map<String, Responses> states) {
    byMachine.computeIfAbsent(machineArn, arn -> new HashMap<>()).putAll(states);
  }

  @Override
  public boolean plays(String machineArn, String state) {
    return mock(machineArn, state).isPresent();
  }

  private Optional<Responses> mock(String machineArn, String state) {
    String own = Arns.unqualified(machineArn).replaceFirst("/.*", "");
    return Optional.ofNullable(byMachine.getOrDefault(own, Map.of()).get(state));
  }

  /**
   * Answers a {@link Staged#PLAY}. What is asked more often than there are answers fails, as a
   * rehearsal that isn't told what happens has no business to guess.
   */
  public Outcome play(JsonNode asking) {
    String state = asking.path("state").asText();
    String execution = asking.path("executionArn").asText();
    int before = asked.merge(execution + "\n" + state, 1, Integer::sum) - 1;
    Responses mock =
        mock(asking.path("machineArn").asText(), state)
            .orElseThrow(() -> new IllegalStateException("nobody plays " + state));
    return mock.at(before)
        .map(Cue::outcome)
        .orElseGet(() ->
            new Outcome.Failed(
                "stage",
                "States.Runtime",
                "%s has no answer number %d for the state %s"
                    .formatted(mock.place(), before, state),
                0));
  }
}
