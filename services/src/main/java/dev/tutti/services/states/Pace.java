package dev.tutti.services.states;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** How an express execution, which runs on its caller's thread, passes its time. */
public interface Pace {
  /** Calls on threads of their own, and time as it passes. */
  Pace REAL =
      new Pace() {
        @Override
        public void perform(Runnable call) {
          Thread.ofVirtual().start(call);
        }

        @Override
        public <T> @Nullable T await(BlockingQueue<T> outcomes, long millis)
            throws InterruptedException {
          return outcomes.poll(millis, TimeUnit.MILLISECONDS);
        }
      };

  /** One call after the other, and time that goes on by itself when nothing else happens. */
  Pace VIRTUAL =
      new Pace() {
        @Override
        public void perform(Runnable call) {
          call.run();
        }

        @Override
        public <T> @Nullable T await(BlockingQueue<T> outcomes, long millis) {
          return outcomes.poll();
        }
      };

  /** Performs a call beside everything else; it leaves its outcome in the queue. */
  void perform(Runnable call);

  /** Waits for an outcome; null once the time has passed. */
  <T> @Nullable T await(BlockingQueue<T> outcomes, long millis) throws InterruptedException;
}
