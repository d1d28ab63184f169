package dev.tutti.services.states.trial;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.asl.State;
import dev.tutti.core.kernel.Moment;
import dev.tutti.core.kernel.Outcome;
import dev.tutti.core.kernel.Request;
import dev.tutti.core.workflow.Trial;
import dev.tutti.core.workflow.execution.Arns;
import dev.tutti.services.Exchange;
import dev.tutti.services.Operation;
import dev.tutti.services.states.http.HttpTasks;
import dev.tutti.services.states.http.Inspection;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * TestState: tries one state with the engine's own decider. A Task is asked for in earnest unless a
 * mock answers; a Wait is over at once.
 */
public final class TestState implements Operation {
  private final java.util.function.LongSupplier clock;
  private final @Nullable HttpTasks http;

  /**
   * The operation at a clock of epoch milliseconds.
   *
   * @param http sends requests to addresses outside; null where none are sent
   */
  public TestState(java.util.function.LongSupplier clock, @Nullable HttpTasks http) {
    this.clock = clock;
    this.http = http;
  }

  @Override
  public JsonNode perform(Exchange exchange) {
    JsonNode input = exchange.input();
    Tested.Found found = Tested.found(input);
    State state = found.state();
    Mock.checkCombination(input);
    Tested.check(state, input);
    List<HttpTasks.Told> told = new ArrayList<>();
    Trial.Work work =
        input.hasNonNull("mock")
            ? Mock.work(state, input)
            : new Trial.Performed(request -> perform(exchange, request, told));
    Trial.Verdict verdict = Trial.run(subject(exchange, found), work, moment(exchange));
    ObjectNode report = Report.of(verdict, state, input);
    if (report.path("inspectionData") instanceof ObjectNode data
        && input.path("inspectionLevel").asText().equals("TRACE")) {
      boolean reveal = input.path("revealSecrets").asBoolean();
      told.forEach(each -> Inspection.show(each, reveal, data));
    }
    return report;
  }

  private Outcome perform(Exchange exchange, Request request, List<HttpTasks.Told> told) {
    if (http != null
        && request instanceof Request.Operation asked
        && asked.service().equals(http.name())) {
      HttpTasks.Told answer =
          http.tell(exchange.reader(), asked.context(), asked.region(), asked.input());
      told.add(answer);
      return answer.outcome();
    }
    return exchange.perform("task", request);
  }

  private static Trial.Subject subject(Exchange exchange, Tested.Found found) {
    JsonNode input = exchange.input();
    String machine = Arns.machine(exchange.region(), exchange.context(), exchange.id("machine"));
    String execution =
        machine.replaceFirst(":stateMachine:", ":express:") + ":" + exchange.id("execution");
    String given = input.path("input").asText("{}");
    return new Trial.Subject(
        found.state(),
        machine,
        execution,
        input.path("roleArn").asText(""),
        given,
        Tested.variables(input),
        Tested.context(found.state(), input),
        found.iterated(),
        input.path("stateConfiguration").path("retrierRetryCount").asLong(0));
  }

  private Moment moment(Exchange exchange) {
    var sum = new CRC32();
    sum.update(ByteBuffer.wrap(exchange.call().id().getBytes(StandardCharsets.UTF_8)));
    return new Moment(clock.getAsLong(), sum.getValue());
  }
}
