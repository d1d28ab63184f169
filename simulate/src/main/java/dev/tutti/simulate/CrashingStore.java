package dev.tutti.simulate;

import dev.tutti.host.Batch;
import dev.tutti.host.Store;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A store whose process dies at one of its commits. */
final class CrashingStore implements Store {
  private final Store store;
  private final Runnable crash;
  private final Consumer<Batch> lost;
  private Scenario.@Nullable Crash plan;
  private int commits;

  /**
   * A store of a process that lives until {@link #crashAt}.
   *
   * @param crash told when the process dies
   * @param lost told of the commit that is lost with it
   */
  CrashingStore(Store store, Runnable crash, Consumer<Batch> lost) {
    this.store = store;
    this.crash = crash;
    this.lost = lost;
  }

  /** Plans the death; commits count from here. */
  void crashAt(Scenario.@Nullable Crash planned) {
    plan = planned;
    commits = 0;
  }

  @Override
  public byte @Nullable [] get(Table table, byte[] key) {
    return store.get(table, key);
  }

  @Override
  public void scan(Table table, byte[] from, byte[] to, Visitor visitor) {
    store.scan(table, from, to, visitor);
  }

  @Override
  public @Nullable Entry last(Table table, byte[] from, byte[] to) {
    return store.last(table, from, to);
  }

  @Override
  public void commit(Batch batch) {
    commits++;
    Scenario.Crash death = plan != null && plan.commit() == commits ? plan : null;
    if (death != null && death.before()) {
      crash.run();
      lost.accept(batch);
      throw new Crashed();
    }
    store.commit(batch);
    if (death != null) {
      crash.run();
      throw new Crashed();
    }
  }

  @Override
  public void close() {
    store.close();
  }
}
