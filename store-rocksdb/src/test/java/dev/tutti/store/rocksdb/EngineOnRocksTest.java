package dev.tutti.store.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.IntNode;
import dev.tutti.core.kernel.Cause;
import dev.tutti.core.kernel.Command;
import dev.tutti.core.kernel.Decider;
import dev.tutti.core.kernel.Decision;
import dev.tutti.core.kernel.Effect;
import dev.tutti.core.kernel.Fact;
import dev.tutti.core.kernel.Key;
import dev.tutti.core.kernel.Moment;
import dev.tutti.core.kernel.Outcome;
import dev.tutti.core.kernel.Recorded;
import dev.tutti.core.kernel.Reply;
import dev.tutti.host.Engine;
import dev.tutti.host.Store;
import dev.tutti.host.Store.Table;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An engine keeps its facts, states and owed effects on disk and goes on with them. */
final class EngineOnRocksTest {
  private static final Cause CAUSE =
      new Cause("1-00000001-000000000000000000000001", "", "111111111111 test:Count");
  @TempDir Path folder;
  private final Counter counter = new Counter();

  /** Counts, and passes each count on while it is told to. */
  private static final class Counter implements Decider<Integer, Counter.Count, Counter.Counted> {
    record Count(int passes) implements Command {}

    record Counted(int passes) implements Fact {}

    @Override
    public String kind() {
      return "counter";
    }

    @Override
    public Class<Count> commands() {
      return Count.class;
    }

    @Override
    public Class<Counted> facts() {
      return Counted.class;
    }

    @Override
    public Integer blank(Key key) {
      return 0;
    }

    @Override
    public Decision<Count, Counted> decide(Integer state, Count command, Moment moment) {
      return Decision.<Count, Counted>of(new Counted(command.passes()))
          .replying(IntNode.valueOf(state + 1));
    }

    @Override
    public Integer apply(Integer state, Recorded<Counted> recorded) {
      return state + 1;
    }

    @Override
    public List<Effect> effects(Integer state, Recorded<Counted> recorded) {
      int passes = recorded.fact().passes();
      return passes == 0
          ? List.of()
          : List.of(new Effect.Tell(key(recorded.key().id() + "+"), new Count(passes - 1)));
    }

    @Override
    public Count outcome(String call, Outcome outcome) {
      throw new IllegalStateException("a counter calls nobody");
    }

    static Key key(String id) {
      return new Key("counter", id);
    }
  }

  private Engine engine(Store store) {
    return Engine.on(store).decider(counter).seed(1).open();
  }

  private int count(Engine engine, String id) {
    return engine.read(Counter.key(id), counter, state -> state);
  }

  @Test
  void anEngineGoesOnWhereItWas() {
    for (int run = 1; run <= 3; run++) {
      int expected = run;
      try (DataDirectory data = DataDirectory.open(folder);
          Engine engine = engine(data.store())) {
        Reply reply = engine.ask(Counter.key("a"), new Counter.Count(3), CAUSE, null);
        assertThat(reply).isEqualTo(new Reply.Done(IntNode.valueOf(expected)));
        await().until(() -> count(engine, "a+++") == expected);
        assertThat(engine.facts(Counter.key("a"), counter, 1, 10)).hasSize(expected);
        assertThat(Bytes.all(data.store(), Table.OWED)).isEmpty();
      }
    }
  }
}
