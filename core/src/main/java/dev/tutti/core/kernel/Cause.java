package dev.tutti.core.kernel;

/**
 * Why something happened; carried by every command, fact and effect.
 *
 * @param root id of the trace, {@code 1-<8 hex digits>-<24 hex digits>} (AWS X-Ray's form)
 * @param parent the span of the fact that led here (see {@link Key#span}), 16 hex digits; empty
 *     where the request itself is the root cause
 * @param origin who asked from outside, for example {@code 111111111111 events:PutEvents}; carried
 *     along so that the root of a trace can be named
 */
public record Cause(String root, String parent, String origin) {

  /** The cause of what follows from fact {@code seq} of {@code key}. */
  public Cause then(Key key, long seq) {
    return new Cause(root, key.span(seq), origin);
  }
}
