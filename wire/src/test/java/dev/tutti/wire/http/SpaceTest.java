package dev.tutti.wire.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class SpaceTest {
  private final Space space = new Space(Integer.MAX_VALUE);

  @Test
  void smallContentsNeedNone() throws Exception {
    try (Space.Lease _ = space.take(Integer.MAX_VALUE)) {
      assertThat(space.take(1 << 20)).isNotNull();
    }
  }

  @Test
  void whoFindsNoneWaitsUntilSomebodyGivesBack() throws Exception {
    Space.Lease first = Objects.requireNonNull(space.take(Integer.MAX_VALUE));
    CompletableFuture<Space.Lease> second = new CompletableFuture<>();
    Thread waiting =
        Thread.ofVirtual()
            .start(() -> {
              try {
                second.complete(Objects.requireNonNull(space.take(2 << 20)));
              } catch (InterruptedException e) {
                second.completeExceptionally(e);
              }
            });
    first.shrinkTo(Integer.MAX_VALUE - 1);
    assertThat(second).isNotDone();

    first.shrinkTo(2 << 20);
    second.get(10, TimeUnit.SECONDS).close();
    waiting.join();
    first.close();
  }
}
