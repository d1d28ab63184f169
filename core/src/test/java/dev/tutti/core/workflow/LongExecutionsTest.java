package dev.tutti.core.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.core.asl.StateMachine;
import dev.tutti.core.asl.compile.Definitions;
import dev.tutti.core.kernel.Cause;
import dev.tutti.core.kernel.Effect;
import dev.tutti.core.kernel.Key;
import dev.tutti.core.kernel.Moment;
import dev.tutti.core.kernel.Recorded;
import dev.tutti.core.kernel.Turn;
import dev.tutti.core.workflow.execution.Arns;
import dev.tutti.core.workflow.execution.Status;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LongExecutionsTest {
  private static final String MACHINE = "arn:aws:states:us-east-1:111111111111:stateMachine:m";
  private static final StateMachine LOOP =
      Definitions.compile(
          """
          {"StartAt":"A","States":{"A":{"Type":"Choice","Default":"A",
            "Choices":[{"Variable":"$.end","IsPresent":true,"Next":"B"}]},"B":{"Type":"Succeed"}}}
          """);
  private static final StateMachine LARGE =
      Definitions.compile(
          """
          {"StartAt":"A","States":{"A":{"Type":"Pass",
            "Parameters":{"a.$":"$","b.$":"$"},"End":true}}}
          """);

  private static final StateMachine FAILING =
      Definitions.compile(
          """
          {"StartAt":"A","States":{"A":{"Type":"Fail","Error":"E","CausePath":"$.cause"}}}
          """);
  private static final StateMachine CATCHING =
      Definitions.compile(
          """
          {"StartAt":"A","States":{
            "A":{"Type":"Parallel","End":true,
              "Branches":[{"StartAt":"B","States":{"B":{
                "Type":"Fail","Error":"E","CausePath":"$.cause"}}}],
              "Catch":[{"ErrorEquals":["States.ALL"],"ResultPath":"$.caught","Next":"C"}]},
            "C":{"Type":"Pass","End":true}}}
          """);

  private final Key key = new Key(Executions.KIND, Arns.execution(MACHINE, "e"));
  private final List<Recorded<ExecutionFact>> facts = new ArrayList<>();
  private List<Effect> effects = List.of();

  @Test
  void aLoopRestsAndEndsWhereHistoriesEnd() {
    var executions = new Executions((machine, revision) -> LOOP, activity -> false, Audience.NONE);
    Execution state = executions.blank(key);
    ExecutionCommand command =
        new ExecutionCommand.Start(MACHINE, "r", "r", "{}", null, null, null, null, null);
    int commits = 0;
    while (command != null) {
      int before = facts.size();
      state = turn(executions, state, command);
      assertThat(facts.size() - before).isLessThanOrEqualTo(2 * Executions.STEPS_PER_COMMIT + 2);
      command =
          effects.stream()
              .filter(Effect.Wake.class::isInstance)
              .map(effect -> (ExecutionCommand) ((Effect.Wake) effect).command())
              .findFirst()
              .orElse(null);
      commits++;
    }

    assertThat(commits).isEqualTo(25);
    assertThat(state.status()).isEqualTo(Status.FAILED);
    assertThat(state.lastEvent()).isLessThanOrEqualTo(Executions.MAX_EVENTS);
    assertThat(state.cause())
        .isEqualTo("The execution reached the maximum number of history events (25000).");
  }

  @Test
  void whatIsTooLongForAStateEndsTheExecution() {
    Execution state = run(LARGE, "\"" + "x".repeat(Draft.MAX_PAYLOAD_BYTES / 2) + "\"");

    assertThat(state.error()).isEqualTo("States.DataLimitExceeded");
    assertThat(state.cause())
        .isEqualTo(
            "The state/task 'A' returned a result with a size exceeding the maximum number of"
                + " bytes service limit.");
  }

  @Test
  void whatACatcherMakesTooLongEndsTheExecution() {
    String most = "x".repeat(Draft.MAX_PAYLOAD_BYTES - 40);

    Execution fits = run(CATCHING, "{\"cause\":\"why\",\"much\":\"\"}");
    facts.clear();
    Execution full = run(CATCHING, "{\"cause\":\"why\",\"much\":\"" + most + "\"}");

    assertThat(fits.status()).isEqualTo(Status.SUCCEEDED);
    assertThat(full.status()).isEqualTo(Status.FAILED);
    assertThat(full.error()).isEqualTo("States.DataLimitExceeded");
    assertThat(full.cause())
        .isEqualTo(
            "The state/task 'A' returned a result with a size exceeding the maximum number of"
                + " bytes service limit.");
  }

  @Test
  void aCauseIsCutToWhatTheServicesModelHolds() {
    Execution state = run(FAILING, "{\"cause\":\"" + "x".repeat(40_000) + "\"}");

    assertThat(state.cause()).isEqualTo("x".repeat(32_768));
  }

  private Execution run(StateMachine machine, String input) {
    var executions = new Executions((arn, revision) -> machine, activity -> false, Audience.NONE);
    return turn(
        executions,
        executions.blank(key),
        new ExecutionCommand.Start(MACHINE, "r", "r", input, null, null, null, null, null));
  }

  private Execution turn(Executions executions, Execution state, ExecutionCommand command) {
    Turn<Execution, ExecutionFact> turn =
        Turn.run(
            executions,
            key,
            state,
            facts.size(),
            command,
            new Moment(1, 2),
            new Cause("1-00000000-000000000000000000000000", "", ""));
    facts.addAll(turn.facts());
    effects = turn.effects().stream().flatMap(List::stream).toList();
    return turn.state();
  }
}
