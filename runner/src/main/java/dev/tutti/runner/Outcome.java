package dev.tutti.runner;

/** How an invocation ended. */
public sealed interface Outcome {
  /** The function's answer, as it gave it. */
  @SuppressWarnings("ArrayRecordComponent") // bytes that pass through; nobody compares outcomes
  record Success(byte[] payload, Report report) implements Outcome {}

  /**
   * The function failed ({@code X-Amz-Function-Error: Unhandled}).
   *
   * @param payload JSON with {@code errorType} and {@code errorMessage}, as Lambda shapes it for
   *     each cause
   */
  @SuppressWarnings("ArrayRecordComponent") // bytes that pass through; nobody compares outcomes
  record FunctionError(Cause cause, byte[] payload, Report report) implements Outcome {}

  /** Nothing ran, and won't until the machine is changed; the message says what is missing. */
  record RuntimeMissing(String message) implements Outcome {}

  /** Nothing ran, because as many processes as may run are busy; later it may. */
  record Throttled(String message) implements Outcome {}

  /** Why a function failed. */
  enum Cause {
    /** The handler threw, or its runtime reported an error. */
    HANDLER,
    /** {@code Function.ResponseSizeTooLarge}. */
    RESPONSE_TOO_LARGE,
    /** {@code Sandbox.Timedout}; its process was ended. */
    TIMEOUT,
    /** {@code Runtime.ExitError}: the process ended without an answer, on its own or by a limit. */
    EXIT,
    /** The process failed before it asked for work: code that can't be loaded, no entry point. */
    INIT
  }
}
