package dev.tutti.host;

import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.Cause;
import dev.tutti.core.kernel.Command;
import dev.tutti.core.kernel.Decider;
import dev.tutti.core.kernel.Fact;
import dev.tutti.core.kernel.Key;
import dev.tutti.core.kernel.Outcome;
import dev.tutti.core.kernel.Recorded;
import dev.tutti.core.kernel.Reply;
import dev.tutti.host.Store.Table;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The shards of one store, their timers and their calls to the world.
 *
 * <p>Order of opening: followers see every fact; all that is still owed (mail, timers, calls) is
 * taken up again; then the shards start, so that it comes before anything new.
 */
public final class Engine implements Reader, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Engine.class);
  private static final byte[] SHARDS = "shards".getBytes(StandardCharsets.UTF_8);

  private final Store store;
  private final Facts facts;
  private final Unsettled unsettled = new Unsettled();
  private final Domains domains;
  private final OwedRecords owedRecords;
  private final Consumer<Throwable> onFailure;
  private final List<Shard> shards = new ArrayList<>();
  private final Drive drive;
  private final Timers timers;
  private final Lanes lanes;
  private Performer performer;
  private boolean recalled;

  private Engine(Builder builder) {
    this.store = builder.store;
    this.facts = new Facts(store);
    this.domains = builder.domains;
    this.owedRecords = new OwedRecords(domains);
    this.performer = builder.performer;
    this.onFailure = builder.onFailure;
    this.drive = builder.drive == null ? new Threads(onFailure) : builder.drive;
    this.timers = new Timers(builder.clock, this::timerDue, builder.standing);
    this.lanes = new Lanes(drive, builder.clock, builder.backlogs, builder.paces, new Outside());
    int count = shardCount(builder.shards);
    SplittableRandom seeds =
        new SplittableRandom(builder.seed == null ? new SecureRandom().nextLong() : builder.seed);
    for (int i = 0; i < count; i++) {
      shards.add(
          new Shard(i, store, unsettled, domains, builder.clock, seeds.split(), new AfterCommit()));
    }
  }

  /** What an engine is made of. */
  public static final class Builder {
    private final Store store;
    private final Domains domains = new Domains();
    private Performer performer =
        (id, cause, request) -> {
          throw new IllegalStateException("this engine has no performer");
        };
    private LongSupplier clock = System::currentTimeMillis;
    private @Nullable Long seed;
    private int shards = 4;
    private Consumer<Throwable> onFailure = failure -> {};
    private @Nullable Drive drive;
    private Backlog.Source backlogs = Backlog.InMemory::new;
    private Paces paces = Paces.unbounded();
    private Predicate<Key> standing = owner -> false;

    private Builder(Store store) {
      this.store = store;
    }

    public Builder decider(Decider<?, ?, ?> decider) {
      domains.add(decider);
      return this;
    }

    /** Shows a decider's facts to a follower; the decider has been added before. */
    public <F extends Fact> Builder follow(Decider<?, ?, F> decider, Follower<F> follower) {
      domains.of(decider).follow(follower);
      return this;
    }

    /**
     * Shows a decider's new facts to a follower, and none that are stored already: for one that
     * starts from the rows which those have left. The decider has been added before.
     */
    public <F extends Fact> Builder watch(Decider<?, ?, F> decider, Follower<F> watcher) {
      domains.of(decider).watch(watcher);
      return this;
    }

    public Builder performer(Performer performer) {
      this.performer = performer;
      return this;
    }

    /** The clock, in epoch milliseconds; where it goes back, the engine's time stands still. */
    public Builder clock(LongSupplier clock) {
      this.clock = clock;
      return this;
    }

    /**
     * Whose timers stand on their own: they are set again whenever they fire, so that nobody who
     * wants to know whether all has ended waits for them ({@link VirtualTime#awaits}). Asked for
     * each time.
     */
    public Builder standing(Predicate<Key> owners) {
      this.standing = owners;
      return this;
    }

    public Builder seed(long seed) {
      this.seed = seed;
      return this;
    }

    /** How many single writers a new store gets; an existing one keeps its number. */
    public Builder shards(int shards) {
      this.shards = shards;
      return this;
    }

    /** Told once when the engine has stopped because a commit failed. */
    public Builder onFailure(Consumer<Throwable> onFailure) {
      this.onFailure = onFailure;
      return this;
    }

    /**
     * Where calls wait that are too many for memory; without it all wait in memory.
     *
     * @param folder for the engine alone; what is in it is deleted
     */
    public Builder backlog(Path folder) {
      this.backlogs = Spool.in(folder);
      return this;
    }

    /** Bounds how many calls to a target begin in a second. */
    public Builder paces(Paces paces) {
      this.paces = paces;
      return this;
    }

    /** What keeps the engine going, for this engine alone; threads unless given. */
    public Builder drive(Drive drive) {
      this.drive = drive;
      return this;
    }

    /** Starts with the performer given before. */
    public Engine open() {
      Engine engine = build();
      engine.start(performer);
      return engine;
    }

    /** An engine that does nothing until it is started. */
    public Engine build() {
      return new Engine(this);
    }
  }

  public static Builder on(Store store) {
    return new Builder(store);
  }

  private int shardCount(int wanted) {
    byte[] kept = store.get(Table.META, SHARDS);
    if (kept != null) {
      return ByteBuffer.wrap(kept).getInt();
    }
    Batch batch = new Batch();
    batch.put(Table.META, SHARDS, ByteBuffer.allocate(4).putInt(wanted).array());
    store.commit(batch);
    return wanted;
  }

  /**
   * Shows followers all facts that are stored; for whoever asks them before the engine is started,
   * which does it otherwise.
   */
  public void recall() {
    if (recalled) {
      return;
    }
    recalled = true;
    for (Domain<?, ?, ?> domain : domains.all()) {
      if (domain.isFollowed()) {
        facts.announceAll(domain);
      }
    }
  }

  /** Takes up what is owed, and starts to decide. Called once. */
  public void start(Performer performer) {
    this.performer = performer;
    recall();
    long owed = unsettled.load(store, owedRecords, this::dispatch);
    if (owed > 0) {
      LOG.info("taking up {} unsettled effects", owed);
    }
    shards.forEach(drive::keep);
    drive.keep(timers);
    drive.keep(lanes);
  }

  private Shard shard(Key key) {
    return shards.get(Math.floorMod(key.hashCode(), shards.size()));
  }

  /**
   * Sends a command and waits until its facts are durable.
   *
   * @param once what makes a repeat of this command known; it then takes effect once and the repeat
   *     gets the same reply. Null where a repeat is a new command
   */
  public Reply ask(Key to, Command command, Cause cause, @Nullable Once once) {
    return await(submit(new Asking(to, command, cause, once)));
  }

  /** What {@link #ask} is given. */
  public record Asking(Key to, Command command, Cause cause, @Nullable Once once) {}

  /** As {@link #ask}, for several commands at the same time; the replies come in their order. */
  public List<Reply> askAll(List<Asking> askings) {
    List<CompletableFuture<Reply>> submitted = new ArrayList<>(askings.size());
    for (Asking asking : askings) {
      submitted.add(submit(asking));
    }
    List<Reply> replies = new ArrayList<>(askings.size());
    for (CompletableFuture<Reply> reply : submitted) {
      replies.add(await(reply));
    }
    return replies;
  }

  private CompletableFuture<Reply> submit(Asking asking) {
    Key to = asking.to();
    Shard shard = shard(to);
    if (asking.once() == null && shard.isFull()) {
      return CompletableFuture.completedFuture(
          new Reply.Refused("ThrottlingException", "Rate exceeded"));
    }
    CompletableFuture<Reply> reply = new CompletableFuture<>();
    byte[] once = asking.once() == null ? null : Keys.done(asking.once(), to);
    shard.add(new Envelope.Asked(to, asking.command(), asking.cause(), once, reply));
    return reply;
  }

  /**
   * Sends a command that nobody waits for: it is lost where the process ends before it is durable.
   *
   * @return false where its shard is too busy to take it
   */
  public boolean leave(Key to, Command command, Cause cause) {
    Shard shard = shard(to);
    if (shard.isBusy()) {
      return false;
    }
    shard.add(new Envelope.Asked(to, command, cause, null, new CompletableFuture<>()));
    return true;
  }

  private <T> T await(CompletableFuture<T> future) {
    try {
      return drive.await(future);
    } catch (CompletionException e) {
      throw new IllegalStateException("the command could not be decided", e.getCause());
    }
  }

  @Override
  public <S, R> R read(Key key, Decider<S, ?, ?> decider, Function<S, R> question) {
    CompletableFuture<R> answer = new CompletableFuture<>();
    shard(key).add(new Envelope.Question<>(key, decider, question, answer));
    return await(answer);
  }

  @Override
  public <F extends Fact> List<Recorded<F>> facts(
      Key key, Decider<?, ?, F> decider, long from, int limit) {
    return facts.of(key, domains.of(decider), from, limit);
  }

  @Override
  public List<Row> rows(
      String table, List<String> prefix, @Nullable List<String> after, int limit) {
    byte[] start = Keys.row(table, prefix);
    byte[] from = after == null ? start : Keys.after(Keys.row(table, after));
    List<Row> rows = new ArrayList<>();
    if (limit > 0) {
      store.scan(
          Table.ROWS,
          from,
          Keys.after(start),
          (key, value) -> {
            List<String> parts = Keys.parts(key);
            rows.add(new Row(parts.subList(1, parts.size()), Json.parse(value)));
            return rows.size() < limit;
          });
    }
    return rows;
  }

  @Override
  public long horizonMillis() {
    List<CompletableFuture<Long>> answers = new ArrayList<>();
    for (Shard shard : shards) {
      CompletableFuture<Long> answer = new CompletableFuture<>();
      shard.add(new Envelope.Horizon(answer));
      answers.add(answer);
    }
    return answers.stream().mapToLong(this::await).min().orElseThrow();
  }

  private void dispatch(Work.Dispatch dispatch) {
    OwedId id = dispatch.id();
    switch (dispatch.owed()) {
      case null -> timers.cancel(id);
      case Owed.Mail mail ->
          shard(mail.to()).add(new Envelope.Due(mail.to(), mail.command(), mail.cause(), id, 0));
      case Owed.Outgoing call -> lanes.add(id, call);
      case Owed.Timer timer -> timers.add(id, timer);
    }
  }

  private void timerDue(Timers.Entry entry) {
    Owed.Timer timer = entry.timer();
    if (timer == null) {
      byte[] value = store.get(Table.OWED, Keys.owed(entry.id()));
      if (value == null || !(owedRecords.read(entry.id(), value) instanceof Owed.Timer stored)) {
        return; // it was cancelled meanwhile
      }
      timer = stored;
    }
    Key owner = entry.id().owner();
    shard(owner)
        .add(new Envelope.Due(owner, timer.command(), timer.cause(), entry.id(), entry.atMillis()));
  }

  /** Calls as the lanes see them. */
  private final class Outside implements Lanes.Calls {
    @Override
    public Lanes.Performed perform(OwedId id, Owed.@Nullable Outgoing known) {
      Owed.Outgoing call = known == null ? outgoing(id) : known;
      if (call == null || !unsettled.isOwed(id)) {
        return new Lanes.Performed(null, over(id));
      }
      Outcome outcome;
      try {
        outcome = performer.perform(id.callId(), call.cause(), call.request());
      } catch (Throwable defect) { // whatever it is, its owner waits for an outcome
        LOG.error("{} could not be performed: {}", id, call.request(), defect);
        String cause = String.valueOf(defect.getMessage());
        outcome = new Outcome.Failed("tutti", "InternalFailure", cause, 500);
      }
      boolean brokenOff = Thread.currentThread().isInterrupted();
      return new Lanes.Performed(
          Health.of(outcome), brokenOff ? () -> {} : handOver(id, call.cause(), outcome));
    }

    @Override
    public Runnable expire(OwedId id) {
      Owed.Outgoing call = outgoing(id);
      return call == null ? over(id) : handOver(id, call.cause(), Outcome.Failed.untried());
    }

    private Runnable over(OwedId id) {
      return unsettled.hasReplies(id.callId())
          ? () -> shard(id.owner()).add(new Envelope.Over(id))
          : () -> {};
    }

    private Runnable handOver(OwedId id, Cause cause, Outcome outcome) {
      Envelope settled = new Envelope.Settled(id.owner(), outcome, cause, id);
      return () -> shard(id.owner()).add(settled);
    }
  }

  private Owed.@Nullable Outgoing outgoing(OwedId id) {
    byte[] value = store.get(Table.OWED, Keys.owed(id));
    return value != null && owedRecords.read(id, value) instanceof Owed.Outgoing call ? call : null;
  }

  /**
   * Begins nothing of its own any more, and gives the calls under way a moment; those that take
   * longer are broken off and stay owed. Commands are still decided: a call may need the answers to
   * its own, so whoever hands commands in goes on until this is over.
   */
  public void rest() {
    timers.stop();
    lanes.close();
    drive.rest();
  }

  /** Rests, lets what is decided be committed, and leaves the rest owed. */
  @Override
  public void close() {
    rest();
    drive.close();
  }

  private final class AfterCommit implements Shard.Aftermath {
    @Override
    public void dispatch(Work.Dispatch dispatch) {
      Engine.this.dispatch(dispatch);
    }

    @Override
    public void failed(Throwable failure) {
      onFailure.accept(failure);
    }
  }
}
