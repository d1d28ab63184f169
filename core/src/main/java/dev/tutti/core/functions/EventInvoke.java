package dev.tutti.core.functions;

import org.jspecify.annotations.Nullable;

/**
 * How asynchronous invocations of a function are retried, as Lambda's {@code
 * FunctionEventInvokeConfig}.
 *
 * @param retries most retries after a function error, 0 to 2; null means 2
 * @param maxAgeSeconds oldest an event may become, 60 to 21,600; null means 21,600
 * @param onSuccess ARN that is told when one ended well; null where none is
 * @param onFailure ARN that is told when one was given up; null where none is
 * @param modifiedMillis epoch milliseconds; 0 in a command
 */
public record EventInvoke(
    @Nullable Integer retries,
    @Nullable Integer maxAgeSeconds,
    @Nullable String onSuccess,
    @Nullable String onFailure,
    long modifiedMillis) {
  static final EventInvoke NONE = new EventInvoke(null, null, null, null, 0);
}
