package dev.tutti.simulate;

import static dev.tutti.simulate.Breaking.as;
import static dev.tutti.simulate.Breaking.decider;
import static dev.tutti.simulate.Breaking.isCaught;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.delivery.DeliveryCommand;
import dev.tutti.core.delivery.DeliveryFact;
import dev.tutti.core.events.EventFact;
import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.Cause;
import dev.tutti.core.kernel.Command;
import dev.tutti.core.kernel.Decision;
import dev.tutti.core.kernel.Effect;
import dev.tutti.core.kernel.Key;
import dev.tutti.core.kernel.Moment;
import dev.tutti.core.kernel.Recorded;
import dev.tutti.core.queues.QueueCommand;
import dev.tutti.core.queues.QueueFact;
import dev.tutti.core.workflow.ExecutionCommand;
import dev.tutti.core.workflow.ExecutionFact;
import dev.tutti.core.workflow.execution.Status;
import dev.tutti.core.workflow.express.ExpressCommand;
import dev.tutti.core.workflow.express.ExpressEnd;
import dev.tutti.core.workflow.express.ExpressFact;
import java.util.ArrayList;
import java.util.List;
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
    isCaught(
        decider(
            "execution",
            honest ->
                new Delegate<Object, ExecutionCommand, ExecutionFact>(as(honest)) {
                  @Override
                  public List<Effect> effects(Object state, Recorded<ExecutionFact> recorded) {
                    return super.effects(state, recorded).stream()
                        .map(effect -> early(effect))
                        .toList();
                  }
                }),
        "I12:",
        "I8:");
  }

  private static Effect early(Effect effect) {
    return effect instanceof Effect.Wake wake
        ? new Effect.Wake(wake.name(), wake.atMillis() - 300, wake.command())
        : effect;
  }

  @Test
  void acceptsAResultTwice() {
    isCaught(
        decider(
            "execution",
            honest ->
                new Delegate<Object, ExecutionCommand, ExecutionFact>(as(honest)) {
                  @Override
                  public Decision<ExecutionCommand, ExecutionFact> decide(
                      Object state, ExecutionCommand command, Moment moment) {
                    return twice(super.decide(state, command, moment));
                  }
                }),
        "I9:",
        "I6:");
  }

  private static Decision<ExecutionCommand, ExecutionFact> twice(
      Decision<ExecutionCommand, ExecutionFact> decision) {
    List<ExecutionFact> facts = new ArrayList<>();
    for (ExecutionFact fact : decision.facts()) {
      facts.add(fact);
      if (fact instanceof ExecutionFact.TaskSucceeded) {
        facts.add(fact);
      }
    }
    return new Decision<>(facts, decision.reply(), decision.next());
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
                new Delegate<Object, ExecutionCommand, ExecutionFact>(as(honest)) {
                  @Override
                  public Decision<ExecutionCommand, ExecutionFact> decide(
                      Object state, ExecutionCommand command, Moment moment) {
                    var decision = super.decide(state, command, moment);
                    return new Decision<>(
                        decision.facts().stream().map(fact -> tampered(fact)).toList(),
                        decision.reply(),
                        decision.next());
                  }
                }),
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
                new Delegate<Object, Command, EventFact>(as(honest)) {
                  @Override
                  public Decision<Command, EventFact> decide(
                      Object state, Command command, Moment moment) {
                    var decision = super.decide(state, command, moment);
                    return new Decision<>(
                        decision.facts().stream().map(fact -> forgetful(fact)).toList(),
                        decision.reply(),
                        decision.next());
                  }
                }),
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
                new Delegate<Object, QueueCommand, QueueFact>(as(honest)) {
                  @Override
                  public Decision<QueueCommand, QueueFact> decide(
                      Object state, QueueCommand command, Moment moment) {
                    var decision = super.decide(state, command, moment);
                    return new Decision<>(
                        decision.facts().stream().map(fact -> reversed(fact)).toList(),
                        decision.reply(),
                        decision.next());
                  }
                }),
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
                new Delegate<Object, ExecutionCommand, ExecutionFact>(as(honest)) {
                  @Override
                  public Decision<ExecutionCommand, ExecutionFact> decide(
                      Object state, ExecutionCommand command, Moment moment) {
                    return anew(super.decide(state, command, moment));
                  }
                }),
        "I21:");
  }

  private static Decision<ExecutionCommand, ExecutionFact> anew(
      Decision<ExecutionCommand, ExecutionFact> decision) {
    List<ExecutionFact> facts = new ArrayList<>();
    for (ExecutionFact fact : decision.facts()) {
      facts.add(fact);
      if (fact instanceof ExecutionFact.Redriven) {
        facts.add(new ExecutionFact.Retried(0));
      }
    }
    return new Decision<>(facts, decision.reply(), decision.next());
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
  void endsAnExpressExecutionInAnotherWay() {
    isCaught(
        decider(
            "express",
            honest ->
                new Delegate<Object, ExpressCommand, ExpressFact>(as(honest)) {
                  @Override
                  public Decision<ExpressCommand, ExpressFact> decide(
                      Object state, ExpressCommand command, Moment moment) {
                    var decision = super.decide(state, command, moment);
                    return new Decision<>(
                        decision.facts().stream().map(fact -> failed(fact)).toList(),
                        decision.reply(),
                        decision.next());
                  }
                }),
        "I8:");
  }

  private static ExpressFact failed(ExpressFact fact) {
    return fact instanceof ExpressFact.Ended(ExpressEnd end)
        ? new ExpressFact.Ended(
            new ExpressEnd(
                Status.FAILED, end.startMillis(), end.stopMillis(), "Boom", "", end.logged()))
        : fact;
  }
}
