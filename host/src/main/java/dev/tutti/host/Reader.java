package dev.tutti.host;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.kernel.Decider;
import dev.tutti.core.kernel.Fact;
import dev.tutti.core.kernel.Key;
import dev.tutti.core.kernel.Recorded;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads what is committed. Whoever was acknowledged sees what was acknowledged. */
public interface Reader {

  /**
   * Asks a question of an aggregate's state, between two of its decisions; answers when all that
   * the state holds is durable. The question runs on the shard's thread: it is quick, changes
   * nothing and hands out only immutable values.
   */
  <S, R> R read(Key key, Decider<S, ?, ?> decider, Function<S, R> question);

  /**
   * An aggregate's facts in order.
   *
   * @param from first sequence number wanted, from 1
   * @param limit most facts returned
   */
  <F extends Fact> List<Recorded<F>> facts(Key key, Decider<?, ?, F> decider, long from, int limit);

  /**
   * The rows of a table whose key starts with the given parts, in the order of their keys.
   *
   * @param after the key after which to start, for paging; null starts at the beginning
   * @param limit most rows returned
   */
  List<Row> rows(String table, List<String> prefix, @Nullable List<String> after, int limit);

  /**
   * A time, epoch milliseconds, up to which nothing is added any more: all facts of that time and
   * before are committed, and later ones get a later time. Rows that are keyed by time are read in
   * order and without a gap up to here, by whichever shards they are written.
   */
  long horizonMillis();

  /** A row that a decider's {@link Decider#index} wrote. */
  record Row(List<String> key, JsonNode value) {}
}
