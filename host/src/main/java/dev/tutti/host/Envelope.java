package dev.tutti.host;

import dev.tutti.core.kernel.Cause;
import dev.tutti.core.kernel.Command;
import dev.tutti.core.kernel.Decider;
import dev.tutti.core.kernel.Key;
import dev.tutti.core.kernel.Outcome;
import dev.tutti.core.kernel.Reply;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What waits in a shard's queue. */
sealed interface Envelope {

  /** Where whoever waits learns that this could not be dealt with. */
  void fail(Throwable failure);

  /**
   * A command from outside.
   *
   * @param once key of the table of replies given, under which this takes effect once; null where a
   *     repeat is a new command
   */
  record Asked(
      Key to, Command command, Cause cause, byte @Nullable [] once, CompletableFuture<Reply> reply)
      implements Envelope {
    @Override
    public void fail(Throwable failure) {
      reply.completeExceptionally(failure);
    }
  }

  /**
   * A command that an unsettled effect of this runtime owes: mail or a timer that is due.
   *
   * @param sinceMillis when it was due, epoch milliseconds: it is not decided as of any earlier
   *     time, even where the clock has gone back meanwhile; 0 for mail
   */
  record Due(Key to, Command command, Cause cause, OwedId settles, long sinceMillis)
      implements Envelope {
    @Override
    public void fail(Throwable failure) {}
  }

  /** How a call of this aggregate ended. */
  record Settled(Key to, Outcome outcome, Cause cause, OwedId settles) implements Envelope {
    @Override
    public void fail(Throwable failure) {}
  }

  /** A call that was cancelled before its turn: it isn't performed any more. */
  record Over(OwedId call) implements Envelope {
    @Override
    public void fail(Throwable failure) {}
  }

  /** Asks for {@link Reader#horizonMillis}. */
  record Horizon(CompletableFuture<Long> answer) implements Envelope {
    @Override
    public void fail(Throwable failure) {
      answer.completeExceptionally(failure);
    }
  }

  /** A question about the state. */
  record Question<S, R>(
      Key to, Decider<S, ?, ?> decider, Function<S, R> question, CompletableFuture<R> answer)
      implements Envelope {
    @Override
    public void fail(Throwable failure) {
      answer.completeExceptionally(failure);
    }
  }
}
