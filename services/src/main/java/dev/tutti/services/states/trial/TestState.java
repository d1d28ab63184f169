package dev.tutti.services.states.trial;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.asl.State;
import dev.tutti.core.kernel.Moment;
import dev.tutti.core.workflow.Trial;
import dev.tutti.core.workflow.execution.Arns;
import dev.tutti.services.Exchange;
import dev.tutti.services.Operation;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * TestState: tries one state with the engine's own decider. A Task is asked for in earnest unless a
 * mock answers; a Wait is over at once.
 */
public final class TestState implements Operation {
  private final java.util.function.LongSupplier clock;

  /** The operation at a clock of epoch milliseconds. */
  public TestState(java.util.function.LongSupplier clock) {
    this.clock = clock;
  }

  @Override
  public JsonNode perform(Exchange exchange) {
    JsonNode input = exchange.input();
    State state = Tested.state(input);
    Mock.checkCombination(input);
    Tested.check(state, input);
    Trial.Work work =
        input.hasNonNull("mock")
            ? Mock.work(state, input)
            : new Trial.Performed(request -> exchange.perform("task", request));
    Trial.Verdict verdict = Trial.run(subject(exchange, state), work, moment(exchange));
    return Report.of(verdict, state, input);
  }

  private static Trial.Subject subject(Exchange exchange, State state) {
    JsonNode input = exchange.input();
    String machine = Arns.machine(exchange.region(), exchange.context(), exchange.id("machine"));
    String execution =
        machine.replaceFirst(":stateMachine:", ":express:") + ":" + exchange.id("execution");
    String given = input.path("input").asText("{}");
    return new Trial.Subject(
        state,
        machine,
        execution,
        input.path("roleArn").asText(""),
        given,
        Tested.variables(input),
        Tested.context(state, input),
        input.path("stateConfiguration").path("retrierRetryCount").asLong(0));
  }

  private Moment moment(Exchange exchange) {
    var sum = new CRC32();
    sum.update(ByteBuffer.wrap(exchange.call().id().getBytes(StandardCharsets.UTF_8)));
    return new Moment(clock.getAsLong(), sum.getValue());
  }
}
