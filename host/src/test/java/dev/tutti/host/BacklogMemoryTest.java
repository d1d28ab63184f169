package dev.tutti.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.core.kernel.Cause;
import dev.tutti.core.kernel.Key;
import dev.tutti.core.kernel.Request;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a dead target with a long queue costs in memory: next to nothing beyond its ids' table. */
final class BacklogMemoryTest {
  private static final int PENDING = 300_000;
  private static final long MOST_BYTES = 32L << 20;
  private static final Owed.Outgoing CALL =
      new Owed.Outgoing(
          new Cause("1-00000000-000000000000000000000000", "", ""),
          "dead",
          new Request.Post("http://example.com", Map.of(), ""),
          Long.MAX_VALUE - 1);

  @TempDir private Path folder;

  private static long usedBytes() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  /** A drive that never gets to anything. */
  private static final class Stuck implements Drive {
    @Override
    public void keep(Part part) {}

    @Override
    public void perform(Supplier<Runnable> call) {}

    @Override
    public <T> T await(CompletableFuture<T> answer) {
      return answer.join();
    }

    @Override
    public void rest() {}

    @Override
    public void close() {}
  }

  private static final class Never implements Lanes.Calls {
    @Override
    public Lanes.Performed perform(OwedId id, Owed.@Nullable Outgoing call) {
      throw new AssertionError(id);
    }

    @Override
    public Runnable expire(OwedId id) {
      throw new AssertionError(id);
    }
  }

  @Test
  void isBoundedHoweverManyWait() {
    IdSet owed = new IdSet();
    try (Lanes lanes =
        new Lanes(new Stuck(), () -> 1000, Spool.in(folder), Paces.unbounded(), new Never())) {
      long before = usedBytes();
      for (int i = 0; i < PENDING; i++) {
        OwedId id =
            new OwedId(
                new Key(
                    "delivery",
                    "event/arn:aws:events:us-east-1:111122223333:event-bus/orders|"
                        + i
                        + "|arn:aws:events:us-east-1:111122223333:rule/orders/r|t"),
                "attempt/1");
        owed.add(id.callBits());
        lanes.add(id, CALL);
      }
      assertThat(usedBytes() - before).isLessThan(MOST_BYTES);
      assertThat(owed.size()).isEqualTo(PENDING);
    }
  }
}
