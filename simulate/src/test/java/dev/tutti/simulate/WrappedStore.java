package dev.tutti.simulate;

import dev.tutti.host.Batch;
import dev.tutti.host.Store;
import java.nio.charset.StandardCharsets;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/** A store that leaves out some of the changes of each batch. */
final class WrappedStore implements Store {
  private final Store store;
  private final Table table;
  private final BiPredicate<String, Boolean> drops;

  /**
   * A store on another.
   *
   * @param drops given the name of an owed effect and whether it is put (or else deleted), says
   *     whether to leave that out
   */
  WrappedStore(Store store, BiPredicate<String, Boolean> drops) {
    this(store, Table.OWED, drops);
  }

  /** As the other, for the changes of any table. */
  WrappedStore(Store store, Table table, BiPredicate<String, Boolean> drops) {
    this.store = store;
    this.table = table;
    this.drops = drops;
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
    Batch rest = new Batch();
    batch.forEach((changed, key, value) -> {
      if (changed == table && drops.test(new String(key, StandardCharsets.UTF_8), value != null)) {
        return;
      }
      if (value == null) {
        rest.delete(changed, key);
      } else {
        rest.put(changed, key, value);
      }
    });
    store.commit(rest);
  }

  @Override
  public void close() {
    store.close();
  }
}
