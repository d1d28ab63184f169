package dev.tutti.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.delivery.DeliveryCommand;
import dev.tutti.core.delivery.DeliveryFact;
import dev.tutti.core.events.EventFact;
import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.Cause;
import dev.tutti.core.kernel.Command;
import dev.tutti.core.kernel.Decider;
import dev.tutti.core.kernel.Decision;
import dev.tutti.core.kernel.Effect;
import dev.tutti.core.kernel.Fact;
import dev.tutti.core.kernel.Key;
import dev.tutti.core.kernel.Moment;
import dev.tutti.core.kernel.Recorded;
import dev.tutti.core.queues.QueueCommand;
import dev.tutti.core.queues.QueueFact;
import dev.tutti.core.workflow.ExecutionCommand;
import dev.tutti.core.workflow.ExecutionFact;
import dev.tutti.host.Batch;
import dev.tutti.host.Store;
import dev.tutti.host.Store.Table;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Builds that are broken on purpose: each is caught, and by what it breaks. */
final class BrokenBuildsTest {
  private static final int MOST_RUNS = 600;
  private static final byte[] START = new byte[0];
  private static final byte[] END = {(byte) 0xff};

  private static void isCaught(Build broken, String... faults) {
    for (int seed = 1; seed <= MOST_RUNS; seed++) {
      Verdict verdict = Simulation.run(Generator.scenario(seed), broken);
      if (!verdict.passed()) {
        String first = verdict.faults().getFirst();
        System.out.println("caught in run " + seed + ": " + first);
        assertThat(faults).as("seed " + seed + ": " + first).anyMatch(first::contains);
        assertThat(Simulation.run(Generator.scenario(seed), Build.HONEST).faults()).isEmpty();
        return;
      }
    }
    assertThat(broken).as("caught within " + MOST_RUNS + " runs").isNull();
  }

  private static Build store(Function<Store, Store> broken) {
    return new Build() {
      @Override
      public Store store(Store disk) {
        return broken.apply(disk);
      }
    };
  }

  /** Breaks the decider of one kind. */
  private static Build decider(String kind, UnaryOperator<Decider<?, ?, ?>> broken) {
    return new Build() {
      @Override
      @SuppressWarnings("unchecked") // a broken decider has the types of the honest one
      public <S, C extends Command, F extends Fact> Decider<S, C, F> decider(
          Decider<S, C, F> honest) {
        return honest.kind().equals(kind) ? (Decider<S, C, F>) broken.apply(honest) : honest;
      }
    };
  }

  @SuppressWarnings("unchecked") // the decider of this kind decides by these
  private static <S, C extends Command, F extends Fact> Decider<S, C, F> as(
      Decider<?, ?, ?> decider) {
    return (Decider<S, C, F>) decider;
  }

  /** Compiles something else than was written. */
  private static Build compiles(UnaryOperator<String> broken) {
    return new Build() {
      @Override
      public String definition(String written) {
        return broken.apply(written);
      }
    };
  }

  private static boolean isMail(String owed) {
    return owed.contains("\0tell/");
  }

  @Test
  void actsBeforeItsCommitIsOnDisk() {
    isCaught(store(LaggingStore::new), "I1:", "I2:", "I3:", "I5:", "I10:");
  }

  @Test
  void missesMail() {
    isCaught(
        store(disk -> new WrappedStore(disk, (owed, put) -> put && isMail(owed))), "I13:", "I25:");
  }

  @Test
  void consumesMailTwice() {
    Build twice =
        new Build() {
          private final Set<String> consumed = new HashSet<>();

          @Override
          public Store store(Store disk) {
            return new WrappedStore(
                disk, (owed, put) -> !put && isMail(owed) && consumed.add(owed));
          }
        };
    isCaught(twice, "mail:", "I25: left behind in OWED");
  }

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
  void losesAnOwedCallWhenItIsStartedAgain() {
    isCaught(
        store(disk -> {
          Batch lost = new Batch();
          disk.scan(
              Table.OWED,
              START,
              END,
              (key, value) -> {
                if (new String(value, StandardCharsets.UTF_8).startsWith("{\"Outgoing\"")) {
                  lost.delete(Table.OWED, key);
                }
                return true;
              });
          disk.commit(lost);
          return disk;
        }),
        "I25:",
        "I13:");
  }

  @Test
  void losesATimerWhenItIsStartedAgain() {
    isCaught(
        store(disk -> {
          Batch lost = new Batch();
          disk.scan(
              Table.OWED,
              START,
              END,
              (key, value) -> {
                if (new String(value, StandardCharsets.UTF_8).startsWith("{\"Timer\"")) {
                  lost.delete(Table.OWED, key);
                }
                return true;
              });
          disk.commit(lost);
          return disk;
        }),
        "I25:",
        "I13:");
  }

  @Test
  void readsADamagedFactAsTruth() {
    isCaught(
        store(disk -> {
          Store.Entry last = disk.last(Table.FACTS, START, END);
          if (last != null) {
            Batch damage = new Batch();
            String text = new String(last.value(), StandardCharsets.UTF_8);
            damage.put(
                Table.FACTS,
                last.key(),
                text.replace("arn:aws:sns", "arn:aws:SNS").getBytes(StandardCharsets.UTF_8));
            disk.commit(damage);
          }
          return disk;
        }),
        "I3:",
        "I5:");
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
  void losesARow() {
    isCaught(
        store(disk ->
            new WrappedStore(
                disk, Table.ROWS, (row, put) -> put && row.startsWith("executionsByStatus"))),
        "rows:");
  }

  @Test
  void forgetsWhatACallHasDoneAlready() {
    isCaught(
        store(disk -> new WrappedStore(disk, Table.DONE, (reply, put) -> put)),
        "rows:",
        "I2:",
        "a fact about a message that isn't");
  }

  @Test
  void writesALogThatIsNotChained() {
    isCaught(
        store(disk ->
            new WrappedStore(disk, Table.LOG, (entry, put) -> put && entry.endsWith("\u0003"))),
        "I3:",
        "I5:");
  }

  @Test
  void triesOnceTooOften() {
    isCaught(
        compiles(text ->
            text.replace("\"MaxAttempts\":0", "\"MaxAttempts\":1")
                .replace("\"MaxAttempts\":1,", "\"MaxAttempts\":2,")),
        "I8:");
  }

  @Test
  void triesAgainTooSoon() {
    isCaught(
        compiles(text -> text.replace("\"IntervalSeconds\":4", "\"IntervalSeconds\":3")), "I19:");
  }

  @Test
  void catchesByTheLastThatMatches() {
    isCaught(
        compiles(text -> {
          JsonNode definition = Json.parse(text);
          definition.findValues("Catch").forEach(BrokenBuildsTest::turnRound);
          return Json.write(definition);
        }),
        "I8:");
  }

  /** The other way round; {@code States.ALL} has to stay last, so the names stay where they are. */
  private static void turnRound(JsonNode catchers) {
    if (catchers.size() == 2) {
      ObjectNode first = (ObjectNode) catchers.get(0);
      ObjectNode second = (ObjectNode) catchers.get(1);
      String next = first.path("Next").asText();
      first.put("Next", second.path("Next").asText());
      second.put("Next", next);
    }
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
}
