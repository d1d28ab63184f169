package dev.tutti.simulate;

import static dev.tutti.simulate.Breaking.as;
import static dev.tutti.simulate.Breaking.decider;
import static dev.tutti.simulate.Breaking.isCaught;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.delivery.DeliveryCommand;
import dev.tutti.core.delivery.DeliveryFact;
import dev.tutti.core.delivery.MessageGroupCommand;
import dev.tutti.core.delivery.MessageGroupFact;
import dev.tutti.core.events.EventFact;
import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.Cause;
import dev.tutti.core.kernel.Command;
import dev.tutti.core.kernel.Decision;
import dev.tutti.core.kernel.Effect;
import dev.tutti.core.kernel.Key;
import dev.tutti.core.kernel.Moment;
import dev.tutti.core.kernel.Outcome;
import dev.tutti.core.kernel.Recorded;
import dev.tutti.core.kernel.Request;
import dev.tutti.core.queues.QueueCommand;
import dev.tutti.core.queues.QueueFact;
import dev.tutti.core.workflow.ExecutionCommand;
import dev.tutti.core.workflow.ExecutionFact;
import dev.tutti.core.workflow.execution.Status;
import dev.tutti.core.workflow.express.ExpressCommand;
import dev.tutti.core.workflow.express.ExpressEnd;
import dev.tutti.core.workflow.express.ExpressFact;
import dev.tutti.services.states.Pace;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Deciders that decide what they may not. */
final class BrokenDecidersTest {
  @Test
  void consumesMailAgainAfterEachStart() {
    isCaught(
        decider(
            "execution",
            honest ->
                new Delegate<Object, ExecutionCommand, ExecutionFact>(as(honest)) {
                  @Override
                  public List<Effect> effects(Object state, Recorded<ExecutionFact> recorded) {
                    List<Effect> effects = new ArrayList<>(super.effects(state, recorded));
                    super.effects(state, recorded).stream()
                        .filter(Effect.Tell.class::isInstance)
                        .forEach(effects::add);
                    return effects;
                  }
                }),
        "mail:");
  }

  @Test
  void wakesTooEarly() {
    isCaught(Breaking.early("execution", 300), "I12:", "I8:");
  }

  @Test
  void givesARedrivenExecutionTheTimersOfTheOneBefore() {
    isCaught(
        decider(
            "execution",
            honest ->
                new Delegate<Object, ExecutionCommand, ExecutionFact>(as(honest)) {
                  @Override
                  public List<Effect> effects(Object state, Recorded<ExecutionFact> recorded) {
                    return super.effects(state, recorded).stream()
                        .map(effect ->
                            effect instanceof Effect.Wake wake ? ofFirstLife(wake) : effect)
                        .toList();
                  }
                }),
        "has a second timer named ");
  }

  private static Effect ofFirstLife(Effect.Wake wake) {
    return new Effect.Wake(
        wake.name().replaceFirst("-redriven/.*", ""), wake.atMillis(), wake.command());
  }

  @Test
  void acceptsAResultTwice() {
    isCaught(
        decider(
            "execution",
            honest ->
                new OtherFacts<ExecutionCommand, ExecutionFact>(as(honest), fact -> twice(fact))),
        "I9:",
        "I6:");
  }

  private static List<ExecutionFact> twice(ExecutionFact fact) {
    return fact instanceof ExecutionFact.TaskSucceeded ? List.of(fact, fact) : List.of(fact);
  }

  @Test
  void changesAStateWithoutAFact() {
    isCaught(
        decider(
            "delivery",
            honest ->
                new Delegate<Object, DeliveryCommand, DeliveryFact>(as(honest)) {
                  @Override
                  public Decision<DeliveryCommand, DeliveryFact> decide(
                      Object state, DeliveryCommand command, Moment moment) {
                    var decision = super.decide(state, command, moment);
                    if (decision.facts().isEmpty() || !(command instanceof DeliveryCommand.Retry)) {
                      return decision;
                    }
                    super.apply(
                        state,
                        new Recorded<>(
                            new Key("delivery", "none"),
                            1,
                            0,
                            new Cause("", "", ""),
                            new DeliveryFact.AttemptFailed(1, "Secret", "kept from the log", 0)));
                    return decision;
                  }
                }),
        "I5:");
  }

  @Test
  void leavesAStateWithAnotherOutput() {
    isCaught(
        decider(
            "execution",
            honest ->
                new OtherFacts<ExecutionCommand, ExecutionFact>(
                    as(honest), fact -> List.of(tampered(fact)))),
        "I8:");
  }

  private static ExecutionFact tampered(ExecutionFact fact) {
    return fact instanceof ExecutionFact.Exited f && f.output() instanceof ObjectNode output
        ? new ExecutionFact.Exited(
            f.id(),
            f.previous(),
            f.strand(),
            f.type(),
            f.state(),
            ((ObjectNode) Json.object().setAll(output)).put("more", true),
            f.next(),
            f.assigned())
        : fact;
  }

  @Test
  void forgetsATargetThatMatches() {
    isCaught(
        decider(
            "event",
            honest ->
                new OtherFacts<Command, EventFact>(as(honest), fact -> List.of(forgetful(fact)))),
        "I14:",
        "I13:");
  }

  private static EventFact forgetful(EventFact fact) {
    return fact instanceof EventFact.Accepted f && f.matches().size() > 1
        ? new EventFact.Accepted(
            f.event(), f.hops(), f.matches().subList(1, 2), f.busMissing(), f.archives())
        : fact;
  }

  @Test
  void handsOutAGroupInTheWrongOrder() {
    isCaught(
        decider(
            "queue",
            honest ->
                new OtherFacts<QueueCommand, QueueFact>(
                    as(honest), fact -> List.of(reversed(fact)))),
        "I15:");
  }

  private static QueueFact reversed(QueueFact fact) {
    return fact instanceof QueueFact.Received f
        ? new QueueFact.Received(f.messageIds().reversed(), f.visibleAtMillis())
        : fact;
  }

  @Test
  void handsOutWhatIsHidden() {
    isCaught(
        decider(
            "queue",
            honest ->
                new Delegate<Object, QueueCommand, QueueFact>(as(honest)) {
                  @Override
                  public Decision<QueueCommand, QueueFact> decide(
                      Object state, QueueCommand command, Moment moment) {
                    return super.decide(
                        state,
                        command,
                        command instanceof QueueCommand.Receive
                            ? new Moment(moment.millis() + 20_000, moment.seed())
                            : moment);
                  }
                }),
        "I12:",
        "I19:");
  }

  @Test
  void beginsAnewMoreThanARedriveMay() {
    isCaught(
        decider(
            "execution",
            honest ->
                new OtherFacts<ExecutionCommand, ExecutionFact>(as(honest), fact -> anew(fact))),
        "I21:");
  }

  private static List<ExecutionFact> anew(ExecutionFact fact) {
    return fact instanceof ExecutionFact.Redriven
        ? List.of(fact, new ExecutionFact.Retried(0))
        : List.of(fact);
  }

  @Test
  void losesADeadLetter() {
    isCaught(
        decider(
            "delivery",
            honest ->
                new Delegate<Object, DeliveryCommand, DeliveryFact>(as(honest)) {
                  @Override
                  public List<Effect> effects(Object state, Recorded<DeliveryFact> recorded) {
                    return recorded.fact() instanceof DeliveryFact.Parked
                        ? List.of()
                        : super.effects(state, recorded);
                  }
                }),
        "I13:");
  }

  @Test
  void takesAnEventThatItsBusRefusesForDelivered() {
    isCaught(
        decider(
            "delivery",
            honest ->
                new Delegate<Object, DeliveryCommand, DeliveryFact>(as(honest)) {
                  @Override
                  public List<Effect> effects(Object state, Recorded<DeliveryFact> recorded) {
                    return super.effects(state, recorded).stream()
                        .map(BrokenDecidersTest::refused)
                        .toList();
                  }

                  @Override
                  public DeliveryCommand outcome(String call, Outcome outcome) {
                    boolean put =
                        outcome instanceof Outcome.Succeeded done
                            && done.output().has("FailedEntryCount");
                    return super.outcome(
                        call, put ? new Outcome.Succeeded(Json.object()) : outcome);
                  }
                }),
        "I13:");
  }

  private static Effect refused(Effect effect) {
    if (!(effect instanceof Effect.Call call)
        || !(call.request() instanceof Request.Operation put)
        || !put.operation().equals("PutEvents")) {
      return effect;
    }
    ObjectNode input = put.input().deepCopy();
    ((ObjectNode) input.path("Entries").path(0)).put("Source", "aws.nobody");
    return new Effect.Call(
        call.name(),
        call.lane(),
        new Request.Operation(put.context(), put.region(), put.service(), put.operation(), input),
        call.patientUntilMillis());
  }

  @Test
  void takesAFailureForTheResultOfAnExpressExecutionsTask() {
    isCaught(
        new Build() {
          @Override
          public Pace pace() {
            return new ForgivingPace();
          }
        },
        "I8:");
  }

  @Test
  void endsAnExpressExecutionInAnotherWay() {
    isCaught(
        decider(
            "express",
            honest ->
                new OtherFacts<ExpressCommand, ExpressFact>(
                    as(honest), fact -> List.of(failed(fact)))),
        "I8:");
  }

  private static ExpressFact failed(ExpressFact fact) {
    return fact instanceof ExpressFact.Ended(ExpressEnd end)
        ? new ExpressFact.Ended(
            new ExpressEnd(
                Status.FAILED, end.startMillis(), end.stopMillis(), "Boom", "", end.logged()))
        : fact;
  }

  @Test
  void letsTheLatestOfAMessageGroupGoFirst() {
    AtomicLong joined = new AtomicLong();
    isCaught(
        decider(
            "message-group",
            honest ->
                new OtherFacts<MessageGroupCommand, MessageGroupFact>(
                    as(honest), fact -> List.of(reversed(fact, joined)))),
        "I15:");
  }

  private static MessageGroupFact reversed(MessageGroupFact fact, AtomicLong before) {
    return fact instanceof MessageGroupFact.Joined joined
        ? new MessageGroupFact.Joined(joined.delivery(), -before.incrementAndGet(), joined.begin())
        : fact;
  }

  @Test
  void letsAMessageGoBeforeTheOneAheadIsOver() {
    isCaught(
        decider(
            "message-group",
            honest ->
                new OtherFacts<MessageGroupCommand, MessageGroupFact>(
                    as(honest), fact -> impatient(fact))),
        "I15:");
  }

  private static List<MessageGroupFact> impatient(MessageGroupFact fact) {
    return fact instanceof MessageGroupFact.Chosen chosen
        ? List.of(chosen, new MessageGroupFact.Left(chosen.delivery()))
        : List.of(fact);
  }
}
