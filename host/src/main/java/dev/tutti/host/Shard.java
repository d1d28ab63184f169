package dev.tutti.host;

import dev.tutti.core.kernel.Cause;
import dev.tutti.core.kernel.Command;
import dev.tutti.core.kernel.Fact;
import dev.tutti.core.kernel.Key;
import dev.tutti.core.kernel.Moment;
import dev.tutti.core.kernel.Reply;
import dev.tutti.core.kernel.Turn;
import dev.tutti.host.Facts.Loaded;
import dev.tutti.host.Store.Table;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The single writer of its aggregates. Takes all that waits, and for each envelope in turn loads
 * the aggregate, decides and applies; then hands everything to the store in one batch, and goes on
 * deciding while it is written; once it is, and only then, announces the facts, dispatches what is
 * owed, and answers. Batches are written, and carried out, in the order they were decided in: what
 * was decided on something is never on disk without it.
 *
 * <p>An envelope whose decision throws (a defect) leaves no trace in the batch and is answered with
 * an internal error; a commit that fails stops the engine, because nobody knows what is on disk.
 */
final class Shard implements Part {
  private static final Logger LOG = LoggerFactory.getLogger(Shard.class);
  private static final int MAX_ENVELOPES = 1024;
  private static final long MAX_BATCH_BYTES = 4L << 20;

  /** Commands from outside that may wait; more are told to come back later. */
  static final int MAX_WAITING = 20_000;

  private final int number;
  private final Store store;
  private final Unsettled unsettled;
  private final Facts facts;
  private final Domains domains;
  private final OwedRecords owed;
  private final LongSupplier clock;
  private final SplittableRandom seeds;
  private final Aftermath aftermath;
  private final Inbox inbox = new Inbox();

  /** Taken from the inbox and not dealt with yet; only whoever drives this shard touches it. */
  private final List<Envelope> taken = new ArrayList<>();

  private final InFlight inFlight = new InFlight();
  private final Cache cache = new Cache(Cache.MOST_BYTES);

  /** Whose states a decision that failed may have left half changed: to be loaded anew. */
  private final Set<Key> suspects = new HashSet<>();

  private Head head;

  /** The earliest time of the next decision; only whoever drives this shard touches it. */
  private long floorMillis;

  /** What a shard hands over after a commit. */
  interface Aftermath {
    void dispatch(Work.Dispatch dispatch);

    void failed(Throwable failure);
  }

  Shard(
      int number,
      Store store,
      Unsettled unsettled,
      Domains domains,
      LongSupplier clock,
      SplittableRandom seeds,
      Aftermath aftermath) {
    this.number = number;
    this.store = store;
    this.unsettled = unsettled;
    this.facts = new Facts(store);
    this.domains = domains;
    this.owed = new OwedRecords(domains);
    this.clock = clock;
    this.seeds = seeds;
    this.aftermath = aftermath;
    this.head = Head.load(store, number);
  }

  void add(Envelope envelope) {
    inbox.add(envelope);
  }

  /** Whether what can do without had better not be added. */
  boolean isBusy() {
    return inbox.size() >= MAX_ENVELOPES;
  }

  boolean isFull() {
    return inbox.size() >= MAX_WAITING;
  }

  @Override
  public String name() {
    return "shard-" + number;
  }

  @Override
  public long dueMillis() {
    return inbox.failure() == null && isReady() ? Long.MIN_VALUE : Long.MAX_VALUE;
  }

  private boolean isReady() {
    return inFlight.isOldestSettled() || (mayDecide() && (!taken.isEmpty() || inbox.size() > 0));
  }

  /** A state that has to be loaded anew can be once all that was decided is on disk. */
  private boolean mayDecide() {
    return suspects.isEmpty() && !inFlight.isFull();
  }

  private boolean isIdle() {
    return inFlight.isEmpty() && taken.isEmpty() && inbox.size() == 0;
  }

  @Override
  public boolean await() throws InterruptedException {
    return inbox.await(this::isReady, this::isIdle);
  }

  @Override
  public void stop() {
    inbox.stop();
  }

  @Override
  public void step() {
    try {
      carryOut();
      if (mayDecide()) {
        inbox.drainTo(taken, MAX_ENVELOPES);
      }
      while (!taken.isEmpty() && mayDecide()) {
        taken.subList(0, runBatch(taken)).clear();
      }
    } catch (CompletionException unwritten) {
      fail(unwritten.getCause() == null ? unwritten : unwritten.getCause());
    } catch (Throwable fatal) {
      fail(fatal);
    }
  }

  private void fail(Throwable fatal) {
    LOG.error("shard {} stops at log position {}", number, head.position(), fatal);
    inbox.fail(fatal);
    inFlight.fail(fatal);
    taken.forEach(envelope -> envelope.fail(fatal));
    taken.clear();
    aftermath.failed(fatal);
  }

  /** Decides from the front of a list and hands it to the store; returns how many it dealt with. */
  private int runBatch(List<Envelope> envelopes) {
    Decided decided = new Decided();
    int done = 0;
    for (Envelope envelope : envelopes) {
      done++;
      Work work = new Work(store, unsettled, owed, head);
      try {
        @Nullable Runnable answer = handle(envelope, work);
        decided.add(envelope, work, answer);
        head = work.head();
      } catch (StoreFailure failure) {
        throw failure;
      } catch (RuntimeException | StackOverflowError defect) {
        LOG.error("could not be decided: {}", envelope, defect);
        decided.refuse(envelope, defect);
        suspect(envelope);
        break;
      }
      if (decided.batch().bytes() > MAX_BATCH_BYTES) {
        break;
      }
    }
    CompletableFuture<Void> whenWritten =
        decided.batch().isEmpty() ? inFlight.last() : store.submit(decided.batch());
    inFlight.add(decided, whenWritten);
    if (!whenWritten.isDone()) {
      var _ = whenWritten.whenComplete((_, _) -> inbox.wake());
    }
    carryOut();
    return done;
  }

  private void carryOut() {
    inFlight.carryOut(aftermath::dispatch);
    if (inFlight.isEmpty()) {
      suspects.forEach(cache::remove);
      suspects.clear();
    }
    cache.trim(inFlight.written());
  }

  private void suspect(Envelope envelope) {
    switch (envelope) {
      case Envelope.Asked asked -> suspects.add(asked.to());
      case Envelope.Due due -> suspects.add(due.to());
      case Envelope.Settled settled -> suspects.add(settled.to());
      case Envelope.Question<?, ?> question -> suspects.add(question.to());
      case Envelope.Over _, Envelope.Horizon _ -> {}
    }
  }

  /** Returns how to answer once the batch is durable; null where nobody waits. */
  private @Nullable Runnable handle(Envelope envelope, Work work) {
    return switch (envelope) {
      case Envelope.Asked asked -> {
        byte[] known = known(asked.once());
        Reply reply =
            known == null ? ask(domains.of(asked.to().kind()), asked, work) : Records.reply(known);
        yield () -> asked.reply().complete(reply);
      }
      case Envelope.Due due -> {
        if (work.isOwed(due.settles())) {
          work.settle(due.settles());
          due(domains.of(due.to().kind()), due, work);
        }
        yield null;
      }
      case Envelope.Settled settled -> {
        if (work.isOwed(settled.settles())) {
          work.settle(settled.settles());
          settled(domains.of(settled.to().kind()), settled, work);
        }
        work.forget(settled.settles());
        yield null;
      }
      case Envelope.Over over -> {
        work.forget(over.call());
        yield null;
      }
      case Envelope.Question<?, ?> question -> answer(question);
      case Envelope.Horizon asked -> {
        long now = nowMillis(0);
        floorMillis = now + 1;
        yield () -> asked.answer().complete(now);
      }
    };
  }

  /** The reply that a command was given when it came before; null where it comes first. */
  private byte @Nullable [] known(byte @Nullable [] once) {
    return once != null && unsettled.hasReplies(Keys.parts(once).getFirst())
        ? store.get(Table.DONE, once)
        : null;
  }

  private <S, C extends Command, F extends Fact> Reply ask(
      Domain<S, C, F> domain, Envelope.Asked asked, Work work) {
    Reply reply = turn(domain, asked.to(), domain.command(asked.command()), asked.cause(), 0, work);
    if (reply == null) {
      throw new IllegalStateException("no reply to " + asked.command());
    }
    if (asked.once() != null) {
      work.remember(asked.once(), reply);
    }
    return reply;
  }

  private <S, C extends Command, F extends Fact> void due(
      Domain<S, C, F> domain, Envelope.Due due, Work work) {
    turn(domain, due.to(), domain.command(due.command()), due.cause(), due.sinceMillis(), work);
  }

  private <S, C extends Command, F extends Fact> void settled(
      Domain<S, C, F> domain, Envelope.Settled settled, Work work) {
    C command = domain.outcome(settled.settles().name(), settled.outcome());
    turn(domain, settled.to(), command, settled.cause(), 0, work);
  }

  private <S, C extends Command, F extends Fact> @Nullable Reply turn(
      Domain<S, C, F> domain, Key key, C command, Cause cause, long sinceMillis, Work work) {
    Loaded<S> loaded = load(domain, key);
    Moment moment = new Moment(nowMillis(sinceMillis), seeds.nextLong());
    Turn<S, F> turn =
        Turn.run(domain.decider(), key, loaded.state, loaded.seq, command, moment, cause);
    cache.grow(loaded, work.record(domain, number, turn));
    loaded.seq += turn.facts().size();
    loaded.state = turn.state();
    loaded.changedIn = inFlight.next();
    return turn.reply();
  }

  /** The time of a decision: never before an earlier one's, nor before what was promised. */
  private long nowMillis(long sinceMillis) {
    return Math.max(Math.max(clock.getAsLong(), floorMillis), Math.max(head.millis(), sinceMillis));
  }

  /** Answers at once where all that the answer may tell is on disk. */
  private <S, R> @Nullable Runnable answer(Envelope.Question<S, R> question) {
    @SuppressWarnings(
        "unchecked") // the decider of a kind is one object, and so is its state's type
    Domain<S, ?, ?> domain = (Domain<S, ?, ?>) domains.of(question.to().kind());
    Loaded<S> loaded = load(domain, question.to());
    R answer = question.question().apply(loaded.state);
    if (loaded.changedIn <= inFlight.written()) {
      question.answer().complete(answer);
      return null;
    }
    return () -> question.answer().complete(answer);
  }

  @SuppressWarnings("unchecked") // a key's kind decides the type of its state
  private <S, C extends Command, F extends Fact> Loaded<S> load(Domain<S, C, F> domain, Key key) {
    Loaded<S> cached = (Loaded<S>) cache.get(key);
    if (cached == null) {
      cached = facts.load(key, domain);
      cache.put(key, cached);
    }
    return cached;
  }
}
