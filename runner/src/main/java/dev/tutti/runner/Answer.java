package dev.tutti.runner;

import org.jspecify.annotations.Nullable;

/** What came of waiting for a process. */
sealed interface Answer {
  /** It asks for work. */
  record Ready() implements Answer {}

  @SuppressWarnings("ArrayRecordComponent") // passed on once
  record Response(byte[] payload) implements Answer {}

  /** The handler's error, or an error before the first request for work. */
  @SuppressWarnings("ArrayRecordComponent") // passed on once
  record Failure(byte[] payload, @Nullable String type) implements Answer {}

  record TooLarge() implements Answer {}

  record Exited(int status) implements Answer {}

  record TimedOut() implements Answer {}
}
