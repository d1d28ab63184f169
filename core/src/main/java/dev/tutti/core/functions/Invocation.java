package dev.tutti.core.functions;

import org.jspecify.annotations.Nullable;

/**
 * An asynchronous invocation as its facts made it.
 *
 * @param id the request's id, under which every attempt runs
 * @param queued what was asked for; null before
 * @param queuedMillis when, epoch milliseconds
 * @param attempt the attempt that runs or ran last, from 1
 * @param errors function errors so far
 * @param phase what it waits for
 */
public record Invocation(
    String id,
    InvocationFact.@Nullable Queued queued,
    long queuedMillis,
    int attempt,
    int errors,
    Phase phase) {

  /** What it waits for. */
  public enum Phase {
    NEW,
    RUNNING,
    WAITING,
    ENDED
  }

  static Invocation blank(String id) {
    return new Invocation(id, null, 0, 0, 0, Phase.NEW);
  }

  Invocation at(Phase newPhase, int newAttempt, int newErrors) {
    return new Invocation(id, queued, queuedMillis, newAttempt, newErrors, newPhase);
  }
}
