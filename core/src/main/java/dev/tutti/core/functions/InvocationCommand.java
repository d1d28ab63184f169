package dev.tutti.core.functions;

import dev.tutti.core.kernel.Command;
import dev.tutti.core.kernel.Outcome;
import org.jspecify.annotations.Nullable;

/** What is wanted of an asynchronous invocation. */
public sealed interface InvocationCommand extends Command {

  /**
   * Takes it in; repeated, changes nothing.
   *
   * @param context the owner's account
   * @param function ARN without qualifier
   * @param qualifier version or alias; null where none was named
   * @param payload the event as base64 of the bytes given
   * @param clientContext as given to Invoke
   * @param retries most retries after a function error
   * @param destinations who is told of its end; null where nobody is
   */
  record Queue(
      String context,
      String region,
      String function,
      @Nullable String qualifier,
      String payload,
      @Nullable String clientContext,
      int retries,
      int maxAgeSeconds,
      @Nullable Destinations destinations)
      implements InvocationCommand {}

  /** Invokes again, after a wait. */
  record Attempt(int number) implements InvocationCommand {}

  /** An attempt ended. */
  record Settle(int number, Outcome outcome) implements InvocationCommand {}
}
