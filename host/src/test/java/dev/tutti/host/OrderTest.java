package dev.tutti.host;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.IntNode;
import dev.tutti.core.kernel.Cause;
import dev.tutti.core.kernel.Outcome;
import dev.tutti.core.kernel.Reply;
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

  /** A call that is cancelled while it is performed, and sends a command after that. */
  private Performer cancelled(AtomicReference<Engine> engine) {
    return (id, cause, request) -> {
      ask(engine.get(), new Tally.Change.Never());
      engine.get().ask(Tally.key("b"), new Tally.Change.Add(1), cause, new Once(id, "", 0));
      return new Outcome.Succeeded(IntNode.valueOf(7));
    };
  }

  /** A call that sends a command. */
  private static Performer asking(AtomicReference<Engine> engine) {
    return (id, cause, request) -> {
      engine.get().ask(Tally.key("b"), new Tally.Change.Add(1), cause, new Once(id, "", 0));
      return new Outcome.Succeeded(IntNode.valueOf(7));
    };
  }

  @Test
  void repliesToACancelledCallAreForgottenWithItsOutcome() {
    ByHand drive = new ByHand();
    AtomicReference<Engine> self = new AtomicReference<>();
    try (Engine engine = builder(drive).performer(cancelled(self)).open()) {
      self.set(engine);
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
    ByHand drive = new ByHand();
    AtomicReference<Engine> self = new AtomicReference<>();
    try (Engine engine = builder(drive).performer(cancelled(self)).open()) {
      self.set(engine);
      ask(engine, new Tally.Change.Fetch("http://x"));
      assertThat(drive.call()).isNotNull();
      assertThat(repliesKept()).hasSize(1);
    }
    try (Engine engine = builder(new ByHand()).performer(cancelled(self)).open()) {
      assertThat(repliesKept()).isEmpty();
      assertThat((int) engine.read(Tally.key("b"), tally, state -> state)).isEqualTo(1);
    }
  }

  @Test
  void repliesToACallThatIsStillOwedOutliveTheProcess() {
    ByHand drive = new ByHand();
    AtomicReference<Engine> self = new AtomicReference<>();
    Performer asking = asking(self);
    try (Engine engine = builder(drive).performer(asking).open()) {
      self.set(engine);
      ask(engine, new Tally.Change.Fetch("http://x"));
      assertThat(drive.call()).isNotNull();
    }
    ByHand next = new ByHand();
    try (Engine engine = builder(next).performer(asking).open()) {
      self.set(engine);
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
    ByHand drive = new ByHand();
    AtomicReference<Engine> self = new AtomicReference<>();
    Performer asking = asking(self);
    try (Engine engine = builder(drive).performer(asking).open()) {
      self.set(engine);
      ask(engine, new Tally.Change.Fetch("http://x"));
      assertThat(drive.call()).isNotNull();
    }
    ByHand next = new ByHand();
    try (Engine engine = builder(next).performer(cancelled(self)).open()) {
      self.set(engine);
      next.call().run();
      next.shards();

      assertThat((int) engine.read(Tally.key("b"), tally, state -> state)).isEqualTo(1);
      assertThat((int) engine.read(Tally.key("a"), tally, state -> state)).isZero();
      assertThat(repliesKept()).isEmpty();
    }
  }

  @Test
  void repliesToACallThatIsCancelledBeforeItIsPerformedAgainAreForgotten() {
    ByHand drive = new ByHand();
    AtomicReference<Engine> self = new AtomicReference<>();
    Performer asking = asking(self);
    try (Engine engine = builder(drive).performer(asking).open()) {
      self.set(engine);
      ask(engine, new Tally.Change.Fetch("http://x"));
      assertThat(drive.call()).isNotNull();
    }
    ByHand next = new ByHand();
    try (Engine engine = builder(next).performer(asking).open()) {
      self.set(engine);
      ask(engine, new Tally.Change.Never());
      next.call().run();
      next.shards();

      assertThat((int) engine.read(Tally.key("b"), tally, state -> state)).isEqualTo(1);
      assertThat(repliesKept()).isEmpty();
    }
  }
}
