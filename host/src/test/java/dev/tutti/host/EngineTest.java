package dev.tutti.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.IntNode;
import dev.tutti.core.kernel.Cause;
import dev.tutti.core.kernel.Key;
import dev.tutti.core.kernel.Outcome;
import dev.tutti.core.kernel.Recorded;
import dev.tutti.core.kernel.Reply;
import dev.tutti.host.Store.Table;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

final class EngineTest {
  private static final Cause CAUSE =
      new Cause("1-00000001-000000000000000000000001", "", "111111111111 test:Add");

  private final Tally tally = new Tally();
  private final MemoryStore store = new MemoryStore();
  private final AtomicLong clock = new AtomicLong(1_000_000);

  private Engine.Builder builder(Store on) {
    return Engine.on(on).decider(tally).clock(clock::get).seed(1);
  }

  private int state(Engine engine, String id) {
    return engine.read(Tally.key(id), tally, state -> state);
  }

  private static Reply ask(Engine engine, String id, Tally.Change change) {
    return engine.ask(Tally.key(id), change, CAUSE, null);
  }

  @Test
  void aReplyComesWithTheFactsInTheStore() {
    try (Engine engine = builder(store).open()) {
      assertThat(ask(engine, "a", new Tally.Change.Add(2)))
          .isEqualTo(new Reply.Done(IntNode.valueOf(2)));

      List<Recorded<Tally.Changed>> facts = engine.facts(Tally.key("a"), tally, 1, 10);
      assertThat(facts)
          .containsExactly(
              new Recorded<>(Tally.key("a"), 1, 1_000_000, CAUSE, new Tally.Changed.Added(2)));
      assertThat(engine.rows("tallies", List.of("all"), null, 10))
          .extracting(row -> row.key().getLast())
          .containsExactly("a");
    }
  }

  @Test
  void aRefusalChangesNothing() {
    try (Engine engine = builder(store).open()) {
      assertThat(ask(engine, "a", new Tally.Change.Add(-1)))
          .isEqualTo(new Reply.Refused("Negative", "add more"));
      assertThat(engine.facts(Tally.key("a"), tally, 1, 10)).isEmpty();
    }
  }

  @Test
  void aReopenedStoreGivesTheSameStates() {
    try (Engine engine = builder(store).open()) {
      ask(engine, "a", new Tally.Change.Add(2));
      ask(engine, "a", new Tally.Change.Add(3));
    }
    try (Engine engine = builder(store).open()) {
      assertThat(state(engine, "a")).isEqualTo(5);
    }
  }

  @Test
  void mailArrivesOnceOverManyAggregates() {
    try (Engine engine = builder(store).open()) {
      for (int i = 0; i < 200; i++) {
        ask(engine, "from" + i % 7, new Tally.Change.Pass(1, "to"));
      }
      await().until(() -> state(engine, "to") == 200);
    }
    assertThat(owed()).isEmpty();
  }

  @Test
  void mailThatWasCommittedButNotConsumedIsTakenUpAtTheNextStart() {
    try (Engine engine = builder(store).open()) {
      ask(engine, "from", new Tally.Change.Pass(5, "to"));
      await().until(() -> state(engine, "to") == 5);
    }
    MemoryStore cut = new MemoryStore();
    Batch upToTheSender = new Batch();
    copy(Table.META, upToTheSender);
    upToTheSender.put(
        Table.OWED,
        Keys.owed(new OwedId(Tally.key("from"), "tell/1/0")),
        "{\"Mail\":{\"cause\":%s,\"to\":{\"kind\":\"tally\",\"id\":\"to\"},\"command\":{\"Add\":{\"amount\":5}}}}"
            .formatted("{\"root\":\"1\",\"parent\":\"\",\"origin\":\"t\"}")
            .getBytes(StandardCharsets.UTF_8));
    cut.commit(upToTheSender);
    try (Engine engine = builder(cut).open()) {
      await().until(() -> state(engine, "to") == 5);
    }
  }

  private void copy(Table table, Batch into) {
    store.scan(
        table,
        new byte[0],
        new byte[] {(byte) 0xff},
        (key, value) -> {
          into.put(table, key, value);
          return true;
        });
  }

  private List<byte[]> owed() {
    List<byte[]> owed = new ArrayList<>();
    store.scan(Table.OWED, new byte[0], new byte[] {(byte) 0xff}, (key, value) -> owed.add(key));
    return owed;
  }

  @Test
  void aCallIsRepeatedUnderTheSameIdUntilItsOutcomeIsCommitted() {
    List<String> ids = Collections.synchronizedList(new ArrayList<>());
    CountDownLatch never = new CountDownLatch(1);
    Engine first =
        builder(store)
            .performer((id, cause, request) -> {
              ids.add(id);
              try {
                never.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              return new Outcome.Succeeded(IntNode.valueOf(1));
            })
            .open();
    ask(first, "a", new Tally.Change.Fetch("http://x"));
    await().until(() -> ids.size() == 1);
    first.close();

    try (Engine second =
        builder(store)
            .performer((id, cause, request) -> {
              ids.add(id);
              assertThat(cause.parent()).isEqualTo(Tally.key("a").span(1));
              return new Outcome.Succeeded(IntNode.valueOf(7));
            })
            .open()) {
      await().until(() -> state(second, "a") == 7);
    }
    assertThat(ids).hasSize(2);
    assertThat(ids.get(0)).isEqualTo(ids.get(1));
    assertThat(owed()).isEmpty();
  }

  @Test
  void aPerformerThatThrowsIsAFailedOutcome() {
    try (Engine engine =
        builder(store)
            .performer((id, cause, request) -> {
              throw new IllegalStateException("planted");
            })
            .open()) {
      ask(engine, "a", new Tally.Change.Fetch("http://x"));
      await().until(() -> state(engine, "a") == 1000);
    }
  }

  @Test
  void anErrorOfAPerformerIsAFailedOutcomeToo() {
    try (Engine engine =
        builder(store)
            .performer((id, cause, request) -> {
              throw new NoClassDefFoundError("planted");
            })
            .open()) {
      ask(engine, "a", new Tally.Change.Fetch("http://x"));
      await().until(() -> state(engine, "a") == 1000);
    }
  }

  @Test
  void aCallThatIsUnderWayWhenItRestsMayStillAsk() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch resting = new CountDownLatch(1);
    AtomicReference<Engine> itself = new AtomicReference<>();
    Engine engine =
        builder(store)
            .performer((id, cause, request) -> {
              begun.countDown();
              try {
                resting.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              ask(Objects.requireNonNull(itself.get()), "b", new Tally.Change.Add(2));
              return new Outcome.Succeeded(IntNode.valueOf(7));
            })
            .open();
    itself.set(engine);
    ask(engine, "a", new Tally.Change.Fetch("http://x"));
    begun.await();

    Thread rest = Thread.ofVirtual().start(engine::rest);
    resting.countDown();
    rest.join();

    assertThat(state(engine, "b")).isEqualTo(2);
    assertThat(state(engine, "a")).isEqualTo(7);
    ask(engine, "a", new Tally.Change.Fetch("http://x"));
    assertThat(owed()).hasSize(1);
    engine.close();
  }

  @Test
  void followersKnowWhatIsStoredBeforeAnythingIsDecided() {
    try (Engine engine = builder(store).open()) {
      ask(engine, "a", new Tally.Change.Add(2));
    }
    AtomicInteger seen = new AtomicInteger();
    try (Engine engine = builder(store).follow(tally, recorded -> seen.incrementAndGet()).build()) {
      engine.recall();
      assertThat(seen).hasValue(1);
      engine.start((id, cause, request) -> new Outcome.Succeeded(IntNode.valueOf(1)));
      assertThat(seen).hasValue(1);
    }
  }

  @Test
  void aTimerIsNeverEarlyAndSurvivesARestart() {
    try (Engine engine = builder(store).open()) {
      ask(engine, "a", new Tally.Change.Later(3, 1_000_500));
      clock.set(1_000_499);
      assertThat(state(engine, "a")).isZero();
    }
    try (Engine engine = builder(store).open()) {
      assertThat(state(engine, "a")).isZero();
      clock.set(1_000_500);
      await().until(() -> state(engine, "a") == 3);
      assertThat(engine.facts(Tally.key("a"), tally, 2, 1).getFirst().millis())
          .isGreaterThanOrEqualTo(1_000_500);
    }
    assertThat(owed()).isEmpty();
  }

  @Test
  void aCancelledTimerNeverFires() {
    try (Engine engine = builder(store).open()) {
      ask(engine, "a", new Tally.Change.Later(3, 1_000_500));
      ask(engine, "a", new Tally.Change.Never());
      assertThat(owed()).isEmpty();
      ask(engine, "b", new Tally.Change.Later(4, 1_000_501));
      clock.set(2_000_000);
      await().until(() -> state(engine, "b") == 4);
      assertThat(state(engine, "a")).isZero();
    }
  }

  @Test
  void aRepeatedCommandOfACallTakesEffectOnceAndGetsTheSameReply() {
    try (Engine engine = builder(store).open()) {
      Key key = Tally.key("a");
      Reply first = engine.ask(key, new Tally.Change.Add(2), CAUSE, new Once("call-1", "", 0));
      Reply again = engine.ask(key, new Tally.Change.Add(2), CAUSE, new Once("call-1", "", 0));
      Reply other = engine.ask(key, new Tally.Change.Add(2), CAUSE, new Once("call-1", "", 1));

      assertThat(again).isEqualTo(first).isEqualTo(new Reply.Done(IntNode.valueOf(2)));
      assertThat(other).isEqualTo(new Reply.Done(IntNode.valueOf(4)));
    }
  }

  @Test
  void aDefectInADecisionLeavesNoTraceAndStopsNobodyElse() {
    try (Engine engine = builder(store).open()) {
      ask(engine, "a", new Tally.Change.Add(1));
      assertThatThrownBy(() -> ask(engine, "a", new Tally.Change.Break()))
          .hasRootCauseMessage("a planted defect");
      assertThat(ask(engine, "a", new Tally.Change.Add(1)))
          .isEqualTo(new Reply.Done(IntNode.valueOf(2)));
    }
  }

  @Test
  void followersSeeStoredFactsFirstAndNewOnesBeforeTheReply() {
    try (Engine engine = builder(store).open()) {
      ask(engine, "a", new Tally.Change.Add(1));
    }
    AtomicInteger seen = new AtomicInteger();
    try (Engine engine = builder(store).follow(tally, recorded -> seen.incrementAndGet()).open()) {
      assertThat(seen).hasValue(1);
      ask(engine, "b", new Tally.Change.Add(1));
      assertThat(seen).hasValue(2);
    }
  }

  @Test
  void timeStandsStillWhereTheClockGoesBack() {
    try (Engine engine = builder(store).shards(1).open()) {
      ask(engine, "a", new Tally.Change.Add(1));
      clock.set(5);
      ask(engine, "b", new Tally.Change.Add(1));
      assertThat(engine.facts(Tally.key("b"), tally, 1, 1).getFirst().millis())
          .isEqualTo(1_000_000);
    }
  }

  @Test
  void aFailedCommitStopsTheEngineAndAcknowledgesNothing() {
    AtomicReference<Throwable> stopped = new AtomicReference<>();
    AtomicInteger commits = new AtomicInteger();
    Store failing = new FailingStore(store, () -> commits.incrementAndGet() > 1);
    Engine engine = builder(failing).onFailure(stopped::set).open();
    assertThatThrownBy(() -> ask(engine, "a", new Tally.Change.Add(1)))
        .hasRootCauseInstanceOf(StoreFailure.class);
    await().until(() -> stopped.get() != null);
    assertThat(store.get(Table.FACTS, Keys.facts(Tally.key("a"), 1))).isNull();
    engine.close();
  }

  @Test
  void theLogRunsWithoutAGapAndIsChained() {
    try (Engine engine = builder(store).shards(1).open()) {
      for (int i = 0; i < 20; i++) {
        ask(engine, "a" + i % 3, new Tally.Change.Add(1));
      }
    }
    Head head = Head.empty();
    List<Store.Entry> entries = new ArrayList<>();
    store.scan(
        Table.LOG, Keys.log(0, 0), Keys.log(1, 0), (k, v) -> entries.add(new Store.Entry(k, v)));
    for (Store.Entry entry : entries) {
      byte[] factsKey = java.util.Arrays.copyOfRange(entry.value(), 32, entry.value().length);
      head = head.next(factsKey, Objects.requireNonNull(store.get(Table.FACTS, factsKey)), 0);
      assertThat(entry.key()).isEqualTo(Keys.log(0, head.position()));
      assertThat(entry.value()).isEqualTo(head.entry(factsKey));
    }
    assertThat(head.position()).isEqualTo(20);
  }

  @Test
  void theAggregatesOfATraceAreIndexedWithTheirParents() {
    try (Engine engine = builder(store).open()) {
      ask(engine, "from", new Tally.Change.Pass(1, "to"));
      await().until(() -> state(engine, "to") == 1);

      List<Reader.Row> members = engine.rows(Traces.MEMBERS, List.of(CAUSE.root()), null, 10);
      assertThat(members)
          .extracting(row -> row.key().get(2), row -> row.value().path("parent").textValue())
          .containsExactly(
              org.assertj.core.groups.Tuple.tuple("from", ""),
              org.assertj.core.groups.Tuple.tuple("to", Tally.key("from").span(1)));
      assertThat(engine.rows(Traces.ROOTS, List.of(), null, 10)).hasSize(1);
    }
  }
}
