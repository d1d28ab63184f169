package dev.tutti.host;

import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A store whose commits fail when told to. */
record FailingStore(Store store, BooleanSupplier fails) implements Store {
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
    if (fails.getAsBoolean()) {
      throw new StoreFailure("planted");
    }
    store.commit(batch);
  }

  @Override
  public void close() {
    store.close();
  }
}
