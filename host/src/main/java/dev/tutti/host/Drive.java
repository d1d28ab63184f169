package dev.tutti.host;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * What keeps an engine going: threads in production ({@link Threads}), or one thread that does
 * everything in virtual time. The engine's own code is the same under either.
 */
public interface Drive extends AutoCloseable {
  /** Steps a part whenever it has something to do. */
  void keep(Part part);

  /**
   * Performs a call beside everything else.
   *
   * @param call performs it; what it returns hands the outcome over
   */
  void perform(Supplier<Runnable> call);

  /**
   * Waits for an answer that one of the parts will give.
   *
   * @throws java.util.concurrent.CompletionException where it failed
   */
  <T> T await(CompletableFuture<T> answer);

  /** Gives calls under way a moment, then breaks them off; none begins any more. */
  void rest();

  /** Rests, then lets each part end once nothing waits for it. */
  @Override
  void close();
}
