package dev.tutti.host;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.Cause;
import dev.tutti.core.kernel.Decider;
import dev.tutti.core.kernel.Effect;
import dev.tutti.core.kernel.Fact;
import dev.tutti.core.kernel.Key;
import dev.tutti.core.kernel.Recorded;
import dev.tutti.host.Store.Table;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one envelope adds to a batch, staged until it is known to be whole: changes, the log's new
 * head, and what has to happen after the commit.
 */
final class Work implements Decider.Rows {
  private final Store store;
  private final Batch batch;
  private final Domains domains;
  private final Batch staged = new Batch();
  private final List<Runnable> announcements = new ArrayList<>();
  private final List<Dispatch> dispatches = new ArrayList<>();
  private Head head;

  /** An effect that is owed from this commit on; null {@code owed} means cancelled. */
  record Dispatch(OwedId id, @Nullable Owed owed) {}

  Work(Store store, Batch batch, Domains domains, Head head) {
    this.store = store;
    this.batch = batch;
    this.domains = domains;
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
  void merge() {
    batch.addAll(staged);
  }

  /** Reads through what is staged and what the batch holds. */
  byte @Nullable [] get(Table table, byte[] key) {
    Batch.Entry pending = staged.pending(table, key);
    if (pending == null) {
      pending = batch.pending(table, key);
    }
    return pending == null ? store.get(table, key) : pending.value();
  }

  boolean isOwed(OwedId id) {
    return get(Table.OWED, Keys.owed(id)) != null;
  }

  /** Consumes an effect, and the replies that were kept for its repetition. */
  void settle(OwedId id) {
    staged.delete(Table.OWED, Keys.owed(id));
    forget(id);
  }

  /** Deletes the replies that were kept for the repetition of a call that nobody owes any more. */
  void forget(OwedId id) {
    byte[] replies = Keys.text(id.callId());
    store.scan(
        Table.DONE,
        replies,
        Keys.after(replies),
        (key, value) -> {
          staged.delete(Table.DONE, key);
          return true;
        });
  }

  void remember(byte[] once, dev.tutti.core.kernel.Reply reply) {
    staged.put(Table.DONE, once, Json.bytes(Records.REPLIES.encode(reply)));
  }

  /** Writes a fact, its place in the log, what it owes and its rows. */
  <S, F extends Fact> void record(
      Domain<S, ?, F> domain, S state, Recorded<F> recorded, List<Effect> effects) {
    byte[] factsKey = Keys.facts(recorded.key(), recorded.seq());
    byte[] bytes = Records.fact(recorded, domain.facts());
    staged.put(Table.FACTS, factsKey, bytes);
    head = head.next(factsKey, bytes, recorded.millis());
    if (recorded.seq() == 1) {
      Traces.index(recorded, this);
    }
    domain.decider().index(state, recorded, this);
    owe(effects, recorded);
    if (domain.isAnnounced()) {
      announcements.add(() -> domain.announce(recorded));
    }
  }

  /** Writes the log entry of the fact recorded last; its key needs the shard's number. */
  void log(int shard, Key key, long seq) {
    staged.put(Table.LOG, Keys.log(shard, head.position()), head.entry(Keys.facts(key, seq)));
  }

  private void owe(List<Effect> effects, Recorded<?> recorded) {
    Key owner = recorded.key();
    Cause cause = recorded.cause().then(owner, recorded.seq());
    int mails = 0;
    for (Effect effect : effects) {
      switch (effect) {
        case Effect.Tell tell -> {
          String name = String.format("tell/%019d/%05d", recorded.seq(), mails++);
          JsonNode command = domains.of(tell.to().kind()).encode(tell.command());
          owe(new OwedId(owner, name), new Owed.Mail(cause, tell.to(), command));
        }
        case Effect.Call call ->
            owe(
                new OwedId(owner, call.name()),
                new Owed.Outgoing(cause, call.lane(), call.request()));
        case Effect.Wake wake -> {
          JsonNode command = domains.of(owner.kind()).encode(wake.command());
          owe(new OwedId(owner, wake.name()), new Owed.Timer(cause, wake.atMillis(), command));
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
    byte[] key = Keys.owed(id);
    if (get(Table.OWED, key) != null) {
      throw new IllegalStateException(id + " is owed already");
    }
    staged.put(Table.OWED, key, Records.OWED.bytes(owed));
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
}
