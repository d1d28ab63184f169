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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The single writer of its aggregates. Takes all that waits, and for each envelope in turn loads
 * the aggregate, decides and applies; then commits everything in one batch; then, and only then,
 * announces the facts, answers, and dispatches what is owed.
 *
 * <p>An envelope whose decision throws (a defect) leaves no trace in the batch and is answered with
 * an internal error; a commit that fails stops the engine, because nobody knows what is on disk.
 */
final class Shard implements Part {
  private static final Logger LOG = LoggerFactory.getLogger(Shard.class);
  private static final int MAX_ENVELOPES = 1024;
  private static final long MAX_BATCH_BYTES = 4L << 20;
  private static final long LONGEST_NAP_MILLIS = 50;
  private static final int CACHED_AGGREGATES = 20_000;

  /** Commands from outside that may wait; more are told to come back later. */
  static final int MAX_WAITING = 20_000;

  private final int number;
  private final Store store;
  private final Unsettled unsettled;
  private final Facts facts;
  private final Domains domains;
  private final LongSupplier clock;
  private final SplittableRandom seeds;
  private final Aftermath aftermath;
  private final BlockingQueue<Envelope> queue = new LinkedBlockingQueue<>();

  /** Taken from the queue and not dealt with yet; only whoever drives this shard touches it. */
  private final List<Envelope> taken = new ArrayList<>();

  private final Map<Key, Loaded<?>> cache = new LinkedHashMap<>(16, 0.75f, true);
  private Head head;
  private volatile boolean stopping;
  private volatile @Nullable Throwable failure;

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
    this.clock = clock;
    this.seeds = seeds;
    this.aftermath = aftermath;
    this.head = Head.load(store, number);
  }

  void add(Envelope envelope) {
    queue.add(envelope);
    if (failure != null) {
      refuseAll(failure);
    }
  }

  private void refuseAll(Throwable because) {
    for (Envelope left = queue.poll(); left != null; left = queue.poll()) {
      left.fail(because);
    }
  }

  /** Whether what can do without had better not be added. */
  boolean isBusy() {
    return queue.size() >= MAX_ENVELOPES;
  }

  boolean isFull() {
    return queue.size() >= MAX_WAITING;
  }

  @Override
  public String name() {
    return "shard-" + number;
  }

  @Override
  public long dueMillis() {
    return failure != null || (taken.isEmpty() && queue.isEmpty())
        ? Long.MAX_VALUE
        : Long.MIN_VALUE;
  }

  @Override
  public boolean await() throws InterruptedException {
    while (failure == null) {
      Envelope first = queue.poll(LONGEST_NAP_MILLIS, TimeUnit.MILLISECONDS);
      if (first != null) {
        taken.add(first);
        gather();
        return true;
      }
      if (stopping) {
        return false;
      }
    }
    return false;
  }

  private void gather() throws InterruptedException {
    long nanos = store.gatherNanos();
    if (nanos > 0) {
      TimeUnit.NANOSECONDS.sleep(nanos);
    }
  }

  @Override
  public void stop() {
    stopping = true;
  }

  @Override
  public void step() {
    try {
      queue.drainTo(taken, MAX_ENVELOPES - taken.size());
      while (!taken.isEmpty()) {
        int done = runBatch(taken);
        taken.subList(0, done).clear();
      }
    } catch (Throwable fatal) {
      LOG.error("shard {} stops at log position {}", number, head.position(), fatal);
      failure = fatal;
      taken.forEach(envelope -> envelope.fail(fatal));
      taken.clear();
      refuseAll(fatal);
      aftermath.failed(fatal);
    }
  }

  /** Decides and commits from the front of a list; returns how many envelopes it dealt with. */
  private int runBatch(List<Envelope> envelopes) {
    Batch batch = new Batch();
    List<Runnable> announcements = new ArrayList<>();
    List<Runnable> answers = new ArrayList<>();
    List<Work.Dispatch> dispatches = new ArrayList<>();
    int done = 0;
    for (Envelope envelope : envelopes) {
      Work work = new Work(unsettled, domains, head);
      try {
        @Nullable Runnable answer = handle(envelope, work);
        work.mergeInto(batch);
        head = work.head();
        announcements.addAll(work.announcements());
        dispatches.addAll(work.dispatches());
        if (answer != null) {
          answers.add(answer);
        }
      } catch (StoreFailure failure) {
        throw failure;
      } catch (RuntimeException | StackOverflowError defect) {
        LOG.error("{} could not be decided: {}", envelope.to(), envelope, defect);
        cache.remove(envelope.to());
        answers.add(() -> envelope.fail(defect));
      }
      done++;
      if (batch.bytes() > MAX_BATCH_BYTES) {
        break;
      }
    }
    if (!batch.isEmpty()) {
      store.commit(batch);
    }
    announcements.forEach(Runnable::run);
    answers.forEach(Runnable::run);
    dispatches.forEach(aftermath::dispatch);
    trimCache();
    return done;
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
        } else {
          work.forget(settled.settles());
        }
        yield null;
      }
      case Envelope.Question<?, ?> question -> answer(question);
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
    turn(domain, due.to(), domain.decode(due.command()), due.cause(), due.sinceMillis(), work);
  }

  private <S, C extends Command, F extends Fact> void settled(
      Domain<S, C, F> domain, Envelope.Settled settled, Work work) {
    C command = domain.outcome(settled.settles().name(), settled.outcome());
    turn(domain, settled.to(), command, settled.cause(), 0, work);
  }

  private <S, C extends Command, F extends Fact> @Nullable Reply turn(
      Domain<S, C, F> domain, Key key, C command, Cause cause, long sinceMillis, Work work) {
    Loaded<S> loaded = load(domain, key);
    long now = Math.max(clock.getAsLong(), Math.max(head.millis(), sinceMillis));
    Moment moment = new Moment(now, seeds.nextLong());
    Turn<S, F> turn =
        Turn.run(domain.decider(), key, loaded.state, loaded.seq, command, moment, cause);
    work.record(domain, number, turn);
    loaded.seq += turn.facts().size();
    loaded.state = turn.state();
    return turn.reply();
  }

  private <S, R> Runnable answer(Envelope.Question<S, R> question) {
    @SuppressWarnings(
        "unchecked") // the decider of a kind is one object, and so is its state's type
    Domain<S, ?, ?> domain = (Domain<S, ?, ?>) domains.of(question.to().kind());
    R answer = question.question().apply(load(domain, question.to()).state);
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

  private void trimCache() {
    var oldest = cache.entrySet().iterator();
    while (cache.size() > CACHED_AGGREGATES && oldest.hasNext()) {
      oldest.next();
      oldest.remove();
    }
  }
}
