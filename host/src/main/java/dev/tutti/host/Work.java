package dev.tutti.host;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.Cause;
import dev.tutti.core.kernel.Decider;
import dev.tutti.core.kernel.Effect;
import dev.tutti.core.kernel.Fact;
import dev.tutti.core.kernel.Ids;
import dev.tutti.core.kernel.Key;
import dev.tutti.core.kernel.Recorded;
import dev.tutti.core.kernel.Reply;
import dev.tutti.core.kernel.Turn;
import dev.tutti.host.Store.Table;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one envelope adds to a batch, staged until it is known to be whole: changes, the log's new
 * head, and what has to happen after the commit.
 */
final class Work implements Decider.Rows {
  private final Store store;
  private final Unsettled unsettled;
  private final OwedRecords records;
  private final Batch staged = new Batch();
  private final Map<OwedId, Boolean> owing = new HashMap<>();
  private final List<OwedId> over = new ArrayList<>();
  private final List<Runnable> announcements = new ArrayList<>();
  private final List<Dispatch> dispatches = new ArrayList<>();
  private Head head;

  /** An effect that is owed from this commit on; null {@code owed} means cancelled. */
  record Dispatch(OwedId id, @Nullable Owed owed) {}

  Work(Store store, Unsettled unsettled, OwedRecords records, Head head) {
    this.store = store;
    this.unsettled = unsettled;
    this.records = records;
    this.head = head;
  }

  Head head() {
    return head;
  }

  List<Runnable> announcements() {
    return announcements;
  }

  List<Dispatch> dispatches() {
    return dispatches;
  }

  /** Moves what is staged into the batch. */
  void mergeInto(Batch batch) {
    batch.addAll(staged);
    owing.forEach((id, isOwed) -> {
      if (isOwed) {
        unsettled.owe(id);
      } else {
        unsettled.settle(id);
      }
    });
    for (OwedId call : over) {
      unsettled.takeReplies(call).forEach(key -> batch.delete(Table.DONE, key));
    }
  }

  boolean isOwed(OwedId id) {
    Boolean changed = owing.get(id);
    return changed == null ? unsettled.isOwed(id) : changed;
  }

  /** Consumes an effect. */
  void settle(OwedId id) {
    owing.put(id, false);
    staged.delete(Table.OWED, Keys.owed(id));
  }

  /** Deletes the replies that were kept for the repetition of a call, which nobody performs. */
  void forget(OwedId call) {
    over.add(call);
  }

  void remember(byte[] once, Reply reply) {
    staged.put(Table.DONE, once, Records.reply(reply));
    announcements.add(() -> unsettled.keepReply(once));
  }

  /**
   * Writes a turn's facts, their place in the shard's log, what they owe and their rows.
   *
   * @return the bytes that the facts take
   */
  <S, F extends Fact> int record(Domain<S, ?, F> domain, int shard, Turn<S, F> turn) {
    if (turn.facts().isEmpty()) {
      return 0;
    }
    Recorded<F> first = turn.facts().getFirst();
    byte[] factsKey = Keys.facts(first.key(), first.seq());
    byte[] bytes = Records.turn(turn.facts(), domain.facts());
    staged.put(Table.FACTS, factsKey, bytes);
    head = head.next(factsKey, bytes, first.millis());
    staged.put(Table.LOG, Keys.log(shard, head.position()), head.entry(factsKey));
    if (first.seq() == 1) {
      Traces.index(first, this);
    }
    for (int i = 0; i < turn.facts().size(); i++) {
      Recorded<F> recorded = turn.facts().get(i);
      domain.decider().index(turn.state(), recorded, this);
      owe(turn.effects().get(i), recorded);
      if (domain.isAnnounced()) {
        announcements.add(() -> domain.announce(recorded));
      }
    }
    return bytes.length;
  }

  private void owe(List<Effect> effects, Recorded<?> recorded) {
    if (effects.isEmpty()) {
      return;
    }
    Key owner = recorded.key();
    Cause cause = recorded.cause().then(owner, recorded.seq());
    int mails = 0;
    for (Effect effect : effects) {
      switch (effect) {
        case Effect.Tell tell -> {
          String name = "tell/" + Ids.sortable(recorded.seq()) + "/" + Ids.sortable(mails++);
          String mark = tell.passing();
          Cause because = tell.because() == null ? cause : tell.because();
          Cause passed = mark == null ? because : because.passing(mark);
          owe(new OwedId(owner, name), new Owed.Mail(passed, tell.to(), tell.command()));
        }
        case Effect.Call call ->
            owe(
                new OwedId(owner, call.name()),
                new Owed.Outgoing(cause, call.lane(), call.request(), call.patientUntilMillis()));
        case Effect.Wake wake -> {
          Cause due = wake.anew() ? Cause.beginning(owner, wake.atMillis()) : cause;
          owe(new OwedId(owner, wake.name()), new Owed.Timer(due, wake.atMillis(), wake.command()));
        }
        case Effect.Cancel cancel -> {
          OwedId id = new OwedId(owner, cancel.name());
          if (isOwed(id)) {
            settle(id);
            dispatches.add(new Dispatch(id, null));
          }
        }
      }
    }
  }

  private void owe(OwedId id, Owed owed) {
    if (isOwed(id)) {
      throw new IllegalStateException(id + " is owed already");
    }
    owing.put(id, true);
    staged.put(Table.OWED, Keys.owed(id), records.write(id, owed));
    dispatches.add(new Dispatch(id, owed));
  }

  @Override
  public void put(String table, List<String> key, JsonNode value) {
    staged.put(Table.ROWS, Keys.row(table, key), Json.bytes(value));
  }

  @Override
  public void delete(String table, List<String> key) {
    staged.delete(Table.ROWS, Keys.row(table, key));
  }

  @Override
  public void deleteThrough(String table, List<String> prefix, List<String> last) {
    store.scan(
        Table.ROWS,
        Keys.row(table, prefix),
        Keys.after(Keys.row(table, last)),
        (key, value) -> {
          staged.delete(Table.ROWS, key);
          return true;
        });
  }
}
