package dev.tutti.core.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.Key;
import dev.tutti.core.kernel.Outcome;
import dev.tutti.core.kernel.Recorded;
import dev.tutti.core.kernel.Reply;
import dev.tutti.core.kernel.Stage;
import dev.tutti.core.workflow.execution.Arns;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random state machines, random answers, random time. The stage checks at each decision that
 * folding the facts gives the live state; here the history is checked, and that nothing stays
 * behind.
 */
final class RandomExecutionsTest {
  private static final int MACHINES = 60;
  private static final String MACHINE = "arn:aws:states:us-east-1:111111111111:stateMachine:m";
  private static final Key MACHINE_KEY = new Key(Machines.KIND, MACHINE);
  private static final Key EXECUTION = new Key(Executions.KIND, Arns.execution(MACHINE, "e"));

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void historiesHoldTogether(long seed) {
    var random = new SplittableRandom(seed);
    for (int i = 0; i < MACHINES; i++) {
      String definition = RandomMachines.definition(random);
      Stage stage = WorkflowTranscriptsTest.stage();
      stage.send(
          MACHINE_KEY,
          new MachineCommand.Create(
              definition, "r", "STANDARD", null, null, java.util.Map.of(), null));
      Machine machine = (Machine) stage.state(MACHINE_KEY);
      stage.send(
          EXECUTION,
          new ExecutionCommand.Start(
              MACHINE, machine.revision(), "r", "[1,2,3]", null, null, null, null, null));
      play(stage, random);
      check(stage, "seed " + seed + ", machine " + i + ": " + definition);
    }
  }

  private static void play(Stage stage, SplittableRandom random) {
    for (int step = 0; step < 200 && running(stage); step++) {
      List<String> calls = stage.calls(EXECUTION);
      switch (random.nextInt(10)) {
        case 0, 1, 2 -> stage.pass(Duration.ofSeconds(random.nextInt(1, 30)));
        case 3 -> {
          if (random.nextInt(20) == 0) {
            Reply stopped = stage.send(EXECUTION, new ExecutionCommand.Stop("E", null));
            assertThat(stopped).isInstanceOf(Reply.Done.class);
          }
        }
        default -> {
          if (!calls.isEmpty()) {
            stage.settle(EXECUTION, calls.get(random.nextInt(calls.size())), outcome(random));
          }
        }
      }
    }
    if (running(stage)) {
      stage.send(EXECUTION, new ExecutionCommand.Stop(null, null));
    }
  }

  private static Outcome outcome(SplittableRandom random) {
    ObjectNode output = Json.object().put("StatusCode", 200);
    return switch (random.nextInt(4)) {
      case 0 -> new Outcome.Failed("lambda", "ServiceException", "no", 500);
      case 1 ->
          new Outcome.Succeeded(
              output.put("FunctionError", "Unhandled").put("Payload", "eyJlcnJvclR5cGUiOiJBIn0="));
      default -> new Outcome.Succeeded(output.put("Payload", "WzEsMl0="));
    };
  }

  private static boolean running(Stage stage) {
    return ((Execution) stage.state(EXECUTION)).running();
  }

  private static void check(Stage stage, String what) {
    List<Recorded<ExecutionFact>> facts = stage.facts(EXECUTION);
    long last = 0;
    int ends = 0;
    var histories = new Histories(true);
    for (Recorded<ExecutionFact> recorded : facts) {
      ObjectNode event = histories.render(recorded);
      if (event != null) {
        assertThat(event.get("id").asLong()).as(what).isEqualTo(++last);
        assertThat(event.get("previousEventId").asLong()).as(what).isBetween(0L, last - 1);
        ends += event.get("type").asText().matches("Execution(Suc|Fail|Timed|Abort).*") ? 1 : 0;
      }
    }
    assertThat(ends).as(what).isEqualTo(1);
    assertThat(stage.calls(EXECUTION)).as("calls left behind: " + what).isEmpty();
    assertThat(stage.wakes(EXECUTION)).as("timers left behind: " + what).isEmpty();
  }
}
