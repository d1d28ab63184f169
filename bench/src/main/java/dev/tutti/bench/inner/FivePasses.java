package dev.tutti.bench.inner;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Codec;
import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.Cause;
import dev.tutti.core.kernel.Key;
import dev.tutti.core.kernel.Moment;
import dev.tutti.core.kernel.Recorded;
import dev.tutti.core.kernel.Turn;
import dev.tutti.core.workflow.Audience;
import dev.tutti.core.workflow.Execution;
import dev.tutti.core.workflow.ExecutionCommand;
import dev.tutti.core.workflow.ExecutionFact;
import dev.tutti.core.workflow.Executions;
import dev.tutti.core.workflow.MachineCatalogue;
import dev.tutti.core.workflow.MachineFact;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** An execution of five Pass states: decided and applied; its facts written and read. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class FivePasses {
  private static final String MACHINE = "arn:aws:states:us-east-1:111122223333:stateMachine:bench";
  private static final String REVISION = "revision";
  private static final String ROLE = "arn:aws:iam::111122223333:role/bench";
  private static final Cause CAUSE = new Cause("root", "parent", "bench");
  private static final Moment MOMENT = new Moment(1_800_000_000_000L, 42);

  private final Key key =
      new Key(
          "execution", "arn:aws:states:us-east-1:111122223333:execution:bench:0123456789abcdef");
  private final ExecutionCommand start =
      new ExecutionCommand.Start(
          MACHINE,
          REVISION,
          ROLE,
          "{\"order\":4711,\"items\":[1,2,3]}",
          null,
          null,
          null,
          null,
          null);
  private final Executions executions =
      new Executions(catalogue(), activity -> false, Audience.NONE);
  private final Codec<ExecutionFact> codec = new Codec<>(ExecutionFact.class);
  private List<ExecutionFact> facts = List.of();
  private List<byte[]> written = List.of();

  /** Takes the facts of one execution. */
  @Setup
  public void runOnce() {
    facts = decideAndApply().facts().stream().map(Recorded::fact).toList();
    written = facts.stream().map(codec::bytes).toList();
  }

  private static MachineCatalogue catalogue() {
    MachineCatalogue catalogue = new MachineCatalogue();
    MachineFact created =
        new MachineFact.Created(
            REVISION, Json.write(definition()), ROLE, "STANDARD", null, null, Map.of());
    catalogue.on(new Recorded<>(new Key("machine", MACHINE), 1, 0, CAUSE, created));
    return catalogue;
  }

  private static JsonNode definition() {
    ObjectNode machine = Json.object().put("StartAt", "Pass1");
    ObjectNode states = machine.putObject("States");
    for (int i = 1; i <= 5; i++) {
      ObjectNode state = states.putObject("Pass" + i).put("Type", "Pass");
      state.put("ResultPath", "$.result" + i).putObject("Result").put("step", i);
      if (i == 5) {
        state.put("End", true);
      } else {
        state.put("Next", "Pass" + (i + 1));
      }
    }
    return machine;
  }

  /** Start to end, as a shard does it, without keeping anything. */
  @Benchmark
  public Turn<Execution, ExecutionFact> decideAndApply() {
    return Turn.run(executions, key, executions.blank(key), 0, start, MOMENT, CAUSE);
  }

  /** All facts of one execution to JSON. */
  @Benchmark
  public int writeFacts() {
    int bytes = 0;
    for (ExecutionFact fact : facts) {
      bytes += codec.bytes(fact).length;
    }
    return bytes;
  }

  /** And back. */
  @Benchmark
  public int readFacts() {
    int known = 0;
    for (byte[] fact : written) {
      known += codec.decode(fact).hashCode();
    }
    return known;
  }
}
