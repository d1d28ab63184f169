package dev.tutti.simulate.judge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.Cause;
import dev.tutti.core.kernel.Key;
import dev.tutti.core.kernel.Recorded;
import dev.tutti.core.workflow.ExecutionFact;
import dev.tutti.core.workflow.execution.Status;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RedrivesTest {
  private static final Key EXECUTION = new Key("execution", "e");
  private static final JsonNode NOTHING = Json.object();

  private final List<Recorded<ExecutionFact>> history = new ArrayList<>();

  /**
   * P has the branches A and B, and B the branch C, which fails and with it all; the branch of A
   * was about to enter D. Redriven, D fails at once, before C has begun anew, and P is tried again.
   */
  @Test
  void aStateThatWasToBeginAnewIsForgottenOnceWhatHoldsItIsTriedAgain() {
    entered(0, "Parallel", "P");
    branches(0, 1, "A", "B");
    entered(1, "Pass", "A");
    had(new ExecutionFact.Exited(id(), 0, 1, "Pass", "A", NOTHING, "D", null));
    entered(2, "Parallel", "B");
    branches(2, 3, "C");
    entered(3, "Choice", "C");
    fails(3, 2, "nowhere");
    had(new ExecutionFact.ChildrenFailed(id(), 0, 2, "Parallel"));
    had(new ExecutionFact.StateAborted(id(), 0, 2, "Parallel"));
    endsBecauseOfABranch("nowhere");

    had(new ExecutionFact.Redriven(id(), 0, 1, Status.FAILED, null));
    entered(1, "Fail", "D");
    had(new ExecutionFact.Faulted(1, "D", null));
    had(new ExecutionFact.StateAborted(id(), 0, 2, "Parallel"));
    had(new ExecutionFact.BranchFailed(0, 0, "D", null));
    had(new ExecutionFact.RetryScheduled(0, 1, 0, 1, 1000));
    had(new ExecutionFact.Retried(0));
    branches(0, 4, "A", "B");
    entered(4, "Fail", "A");
    fails(4, 0, "again");
    had(new ExecutionFact.ChildrenFailed(id(), 0, 0, "Parallel"));
    had(new ExecutionFact.Failed(id(), 0, "again", null));

    had(new ExecutionFact.Redriven(id(), 0, 2, Status.FAILED, null));
    entered(4, "Fail", "A");
    fails(4, 0, "again");
    had(new ExecutionFact.ChildrenFailed(id(), 0, 0, "Parallel"));
    had(new ExecutionFact.Failed(id(), 0, "again", null));

    assertThat(Redrives.apart(history))
        .extracting(RedrivesTest::enteredC)
        .containsExactly(true, false, false);
  }

  private static boolean enteredC(List<Recorded<ExecutionFact>> life) {
    return life.stream()
        .anyMatch(recorded ->
            recorded.fact() instanceof ExecutionFact.Entered entered
                && entered.state().equals("C"));
  }

  private void entered(int strand, String type, String state) {
    had(new ExecutionFact.Entered(id(), 0, strand, type, state, NOTHING, null));
  }

  private void branches(int strand, int first, String... startAt) {
    had(new ExecutionFact.ParallelStarted(id(), 0, strand, NOTHING, first, List.of(startAt)));
  }

  private void fails(int strand, int parent, String error) {
    had(new ExecutionFact.Faulted(strand, error, null));
    had(new ExecutionFact.BranchFailed(parent, 0, error, null));
  }

  private void endsBecauseOfABranch(String error) {
    had(new ExecutionFact.BranchFailed(0, 0, error, null));
    had(new ExecutionFact.ChildrenFailed(id(), 0, 0, "Parallel"));
    had(new ExecutionFact.Failed(id(), 0, error, null));
  }

  private long id() {
    return history.size() + 1L;
  }

  private void had(ExecutionFact fact) {
    history.add(
        new Recorded<>(EXECUTION, history.size() + 1L, 0, new Cause("r", "p", "o", null), fact));
  }
}
