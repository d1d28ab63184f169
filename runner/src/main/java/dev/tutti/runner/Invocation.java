package dev.tutti.runner;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One invocation.
 *
 * @param requestId its id, unique for ever; in the logs and in the answer's attribution
 * @param payload JSON; given to the process as it is
 * @param traceHeader {@code X-Amzn-Trace-Id}, or null
 * @param clientContext JSON text, or null
 * @param deadline an earlier end than the function's timeout, or null
 * @param wantsLog whether the report has to have the end of the log (LogType=Tail), which is
 *     complete only a little after the answer
 */
@SuppressWarnings("ArrayRecordComponent") // bytes that pass through; nobody compares invocations
public record Invocation(
    String requestId,
    byte[] payload,
    @Nullable String traceHeader,
    @Nullable String clientContext,
    @Nullable Instant deadline,
    boolean wantsLog) {

  /** An invocation with nothing but its payload, and its log. */
  public static Invocation of(String requestId, byte[] payload) {
    return new Invocation(requestId, payload, null, null, null, true);
  }
}
