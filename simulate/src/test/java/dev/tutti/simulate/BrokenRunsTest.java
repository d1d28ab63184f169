package dev.tutti.simulate;

import static dev.tutti.simulate.Breaking.as;
import static dev.tutti.simulate.Breaking.decider;
import static dev.tutti.simulate.Breaking.isCaught;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.events.EventFact;
import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.Command;
import dev.tutti.core.kernel.Effect;
import dev.tutti.core.kernel.Fact;
import dev.tutti.core.kernel.Outcome;
import dev.tutti.core.kernel.Recorded;
import dev.tutti.core.kernel.Request;
import dev.tutti.core.scheduler.ScheduleFact;
import dev.tutti.core.workflow.MapRunCalls;
import dev.tutti.core.workflow.MapRunFact;
import dev.tutti.core.workflow.execution.Status;
import dev.tutti.services.http.Web;
import dev.tutti.services.objects.ObjectStore;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Deciders of map runs, replays and schedules that decide what they may not. */
final class BrokenRunsTest {
  private static <F extends Fact> Build other(String kind, Function<F, List<F>> others) {
    return decider(kind, honest -> new OtherFacts<Command, F>(as(honest), others));
  }

  @Test
  void takesAnotherOutputForAChilds() {
    isCaught(BrokenRunsTest.<MapRunFact>other("mapRun", fact -> List.of(exchanged(fact))), "I8:");
  }

  private static MapRunFact exchanged(MapRunFact fact) {
    return fact instanceof MapRunFact.ChildEnded f && f.output() != null
        ? new MapRunFact.ChildEnded(f.index(), f.status(), Json.text("another's"), null)
        : fact;
  }

  @Test
  void takesAnotherOutputForAnExpressChilds() {
    isCaught(
        decider(
            "mapRun",
            honest ->
                new Delegate<Object, Command, Fact>(as(honest)) {
                  @Override
                  public Command outcome(String call, Outcome outcome) {
                    return super.outcome(call, exchanged(outcome));
                  }
                }),
        "never ended so");
  }

  private static Outcome exchanged(Outcome outcome) {
    return outcome instanceof Outcome.Succeeded(ObjectNode ended) && ended.hasNonNull("output")
        ? new Outcome.Succeeded(ended.deepCopy().put("output", "another's"))
        : outcome;
  }

  @Test
  void givesAnExpressChildAnotherInput() {
    isCaught(
        decider(
            "mapRun",
            honest ->
                new Delegate<Object, Command, Fact>(as(honest)) {
                  @Override
                  public List<Effect> effects(Object state, Recorded<Fact> recorded) {
                    return super.effects(state, recorded).stream()
                        .map(BrokenRunsTest::emptied)
                        .toList();
                  }
                }),
        "never ended so");
  }

  private static Effect emptied(Effect effect) {
    return effect instanceof Effect.Call(String name, String lane, Request.Operation call, _)
            && call.operation().equals(MapRunCalls.RUN_CHILD)
            && call.input() instanceof ObjectNode input
        ? new Effect.Call(
            name,
            lane,
            new Request.Operation(
                call.context(),
                call.region(),
                call.service(),
                call.operation(),
                input.deepCopy().put("input", "{}")))
        : effect;
  }

  @Test
  void succeedsThoughTooManyHaveFailed() {
    isCaught(
        BrokenRunsTest.<MapRunFact>other("mapRun", fact -> List.of(lenient(fact))), "I8:", "I25:");
  }

  private static MapRunFact lenient(MapRunFact fact) {
    return fact instanceof MapRunFact.Ended f && f.status() == Status.FAILED
        ? new MapRunFact.Ended(Status.SUCCEEDED, null, null, f.result())
        : fact;
  }

  @Test
  void givesAMapRunOtherBoundsThanItWasTold() {
    isCaught(BrokenRunsTest.<MapRunFact>other("mapRun", fact -> List.of(widened(fact))), "I1:");
  }

  private static MapRunFact widened(MapRunFact fact) {
    return fact instanceof MapRunFact.Updated f
        ? new MapRunFact.Updated(
            f.concurrency() + 1, f.toleratedCount() + 1, f.toleratedPercentage())
        : fact;
  }

  @Test
  void leavesOutAnItemThatWasRead() {
    isCaught(BrokenRunsTest.<MapRunFact>other("mapRun", fact -> List.of(shortened(fact))), "I8:");
  }

  private static MapRunFact shortened(MapRunFact fact) {
    return fact instanceof MapRunFact.ItemsRead f && f.children().size() > 1
        ? new MapRunFact.ItemsRead(
            f.items(),
            f.children().subList(0, f.children().size() - 1),
            f.left(),
            f.position(),
            f.last())
        : fact;
  }

  @Test
  void writesAResultTwice() {
    isCaught(
        new Build() {
          @Override
          public ObjectStore objects(ObjectStore outside) {
            return new RepeatingObjects(outside);
          }
        },
        "I8:");
  }

  @Test
  void mistakesAnAnswer() {
    isCaught(
        new Build() {
          @Override
          public Web web(Web outside) {
            return ask ->
                outside.send(ask) instanceof Web.Answer.Received answer
                    ? new Web.Answer.Received(200, answer.headers(), "{}", true)
                    : new Web.Answer.Missing(Web.Fault.TIMEOUT, "too late");
          }
        },
        "I8:");
  }

  @Test
  void leavesAnEventOutOfAReplay() {
    isCaught(
        BrokenRunsTest.<EventFact>other(
            "event",
            fact -> fact instanceof EventFact.Replayed ? List.<EventFact>of() : List.of(fact)),
        "I13:");
  }

  @Test
  void callsBeforeTheScheduledTime() {
    isCaught(Breaking.early("schedule", 5000), "I12:");
  }

  @Test
  void leavesAScheduledTimeOut() {
    isCaught(
        BrokenRunsTest.<ScheduleFact>other(
            "schedule",
            fact ->
                fact instanceof ScheduleFact.Fired f
                    ? List.of(new ScheduleFact.Fired(f.scheduledMillis() + 60_000, f.executionId()))
                    : List.of(fact)),
        "I8:",
        "I25:");
  }
}
