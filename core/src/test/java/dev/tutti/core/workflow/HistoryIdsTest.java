package dev.tutti.core.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.core.asl.StateMachine;
import dev.tutti.core.asl.compile.Definitions;
import dev.tutti.core.kernel.Cause;
import dev.tutti.core.kernel.Key;
import dev.tutti.core.kernel.Moment;
import dev.tutti.core.kernel.Recorded;
import dev.tutti.core.kernel.Turn;
import dev.tutti.core.workflow.execution.Arns;
import dev.tutti.core.workflow.execution.Status;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A history's ids run from 1 without a gap, also where a state fails while its event is drafted.
 */
final class HistoryIdsTest {
  private static final String MACHINE = "arn:aws:states:us-east-1:111111111111:stateMachine:m";

  @ParameterizedTest
  @ValueSource(
      strings = {
        """
        {"Type":"Task","Resource":"arn:aws:lambda:us-east-1:111111111111:function:f",
          "Arguments":"{% $states.input.none %}","End":true}
        """,
        """
        {"Type":"Parallel","Arguments":"{% $states.input.none %}","End":true,
          "Branches":[{"StartAt":"B","States":{"B":{"Type":"Succeed"}}}]}
        """,
        """
        {"Type":"Map","Items":[1],"ItemSelector":{"a":"{% $states.input.none %}"},"End":true,
          "ItemProcessor":{"StartAt":"B","States":{"B":{"Type":"Succeed"}}}}
        """
      })
  void aStateThatFailsWhileItsEventIsDraftedLeavesNoGap(String state) {
    StateMachine machine =
        Definitions.compile(
            "{\"StartAt\":\"A\",\"QueryLanguage\":\"JSONata\",\"States\":{\"A\":" + state + "}}");
    var executions = new Executions((arn, revision) -> machine, activity -> false);
    Key key = new Key(Executions.KIND, Arns.execution(MACHINE, "e"));

    Turn<Execution, ExecutionFact> turn =
        Turn.run(
            executions,
            key,
            executions.blank(key),
            0,
            new ExecutionCommand.Start(MACHINE, "r", "r", "{}", null, null, null),
            new Moment(1, 2),
            new Cause("1-00000000-000000000000000000000000", "", ""));

    assertThat(turn.state().status()).isEqualTo(Status.FAILED);
    List<Long> ids =
        turn.facts().stream()
            .map(Recorded::fact)
            .filter(ExecutionFact.Shown.class::isInstance)
            .map(fact -> ((ExecutionFact.Shown) fact).id())
            .toList();
    assertThat(ids)
        .containsExactlyElementsOf(LongStream.rangeClosed(1, ids.size()).boxed().toList());
  }
}
