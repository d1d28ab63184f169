package dev.tutti.host;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.IntNode;
import dev.tutti.core.kernel.Cause;
import dev.tutti.core.kernel.Outcome;
import dev.tutti.core.kernel.Reply;
import dev.tutti.core.kernel.Request;
import dev.tutti.host.Store.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Orders of events that are rare where threads decide on them. */
final class OrderTest {
  private static final Cause CAUSE =
      new Cause("1-00000001-000000000000000000000001", "", "111111111111 test:Add");

  private final Tally tally = new Tally();
  private final MemoryStore store = new MemoryStore();
  private final AtomicLong clock = new AtomicLong(1_000_000);
  private final AtomicReference<Engine> self = new AtomicReference<>();

  private Engine.Builder builder(Drive drive) {
    return Engine.on(store).decider(tally).clock(clock::get).seed(1).drive(drive);
  }

  private static void ask(Engine engine, Tally.Change change) {
    assertThat(engine.ask(Tally.key("a"), change, CAUSE, null)).isInstanceOf(Reply.Done.class);
  }

  private List<String> repliesKept() {
    List<String> kept = new ArrayList<>();
    store.scan(
        Table.DONE,
        new byte[0],
        new byte[] {(byte) 0xff},
        (key, value) -> kept.add(Keys.parts(key).toString()));
    return kept;
  }

  @Test
  void aTimersFactIsNotOlderThanTheTimerWhereTheClockGoesBackBetween() {
    ByHand drive = new ByHand();
    try (Engine engine = builder(drive).open()) {
      ask(engine, new Tally.Change.Later(3, 1_000_500));
      clock.set(1_000_500);
      drive.timers();
      clock.set(1_000_100);
      drive.shards();

      assertThat(engine.facts(Tally.key("a"), tally, 2, 1).getFirst().millis())
          .isGreaterThanOrEqualTo(1_000_500);
    }
  }

  private Engine open(ByHand drive, Performer performer) {
    Engine engine = builder(drive).performer(performer).open();
    self.set(engine);
    return engine;
  }

  /** A call that is cancelled while it is performed, and sends a command after that. */
  private Outcome cancelled(String id, Cause cause, Request request) {
    ask(self.get(), new Tally.Change.Never());
    return asking(id, cause, request);
  }

  /** A call that sends a command. */
  private Outcome asking(String id, Cause cause, Request request) {
    self.get().ask(Tally.key("b"), new Tally.Change.Add(1), cause, new Once(id, "", 0));
    return new Outcome.Succeeded(IntNode.valueOf(7));
  }

  /** A process that performs a call and ends before it has the outcome. */
  private void performAndEnd(Performer performer) {
    ByHand drive = new ByHand();
    try (Engine engine = open(drive, performer)) {
      ask(engine, new Tally.Change.Fetch("http://x"));
      assertThat(drive.call()).isNotNull();
      assertThat(repliesKept()).hasSize(1);
    }
  }

  @Test
  void repliesToACancelledCallAreForgottenWithItsOutcome() {
    ByHand drive = new ByHand();
    try (Engine engine = open(drive, this::cancelled)) {
      ask(engine, new Tally.Change.Fetch("http://x"));
      Runnable outcome = drive.call();
      assertThat(repliesKept()).hasSize(1);

      outcome.run();
      drive.shards();

      assertThat(repliesKept()).isEmpty();
      assertThat((int) engine.read(Tally.key("a"), tally, state -> state)).isZero();
    }
  }

  @Test
  void repliesToACallThatWasCancelledBeforeTheProcessEndedAreForgottenAtTheNextStart() {
    performAndEnd(this::cancelled);

    try (Engine engine = open(new ByHand(), this::cancelled)) {
      assertThat(repliesKept()).isEmpty();
      assertThat((int) engine.read(Tally.key("b"), tally, state -> state)).isEqualTo(1);
    }
  }

  @Test
  void repliesToACallThatIsStillOwedOutliveTheProcess() {
    performAndEnd(this::asking);

    ByHand next = new ByHand();
    try (Engine engine = open(next, this::asking)) {
      assertThat(repliesKept()).hasSize(1);
      next.call().run();
      next.shards();

      assertThat((int) engine.read(Tally.key("b"), tally, state -> state)).isEqualTo(1);
      assertThat((int) engine.read(Tally.key("a"), tally, state -> state)).isEqualTo(7);
      assertThat(repliesKept()).isEmpty();
    }
  }

  /** What a call sent before the process ended is known while it is performed again, cancelled. */
  @Test
  void repliesAreKnownToACallThatIsCancelledWhileItIsPerformedAgain() {
    performAndEnd(this::asking);

    ByHand next = new ByHand();
    try (Engine engine = open(next, this::cancelled)) {
      next.call().run();
      next.shards();

      assertThat((int) engine.read(Tally.key("b"), tally, state -> state)).isEqualTo(1);
      assertThat((int) engine.read(Tally.key("a"), tally, state -> state)).isZero();
      assertThat(repliesKept()).isEmpty();
    }
  }

  @Test
  void repliesToACallThatIsCancelledBeforeItIsPerformedAgainAreForgotten() {
    performAndEnd(this::asking);

    ByHand next = new ByHand();
    try (Engine engine = open(next, this::asking)) {
      ask(engine, new Tally.Change.Never());
      next.call().run();
      next.shards();

      assertThat((int) engine.read(Tally.key("b"), tally, state -> state)).isEqualTo(1);
      assertThat(repliesKept()).isEmpty();
    }
  }
}
