package dev.tutti.core.kernel;

import org.jspecify.annotations.Nullable;

/**
 * Why something happened; carried by every command, fact and effect.
 *
 * @param root id of the trace, {@code 1-<8 hex digits>-<24 hex digits>} (AWS X-Ray's form)
 * @param parent the span of the fact that led here (see {@link Key#span}), 16 hex digits; empty
 *     where the request itself is the root cause
 * @param origin who asked from outside, for example {@code 111111111111 events:PutEvents}; carried
 *     along so that the root of a trace can be named
 * @param lineage which marks it has passed and how often, see {@link Lineage}; null where none
 */
public record Cause(String root, String parent, String origin, @Nullable String lineage) {

  /** One that has passed no mark. */
  public Cause(String root, String parent, String origin) {
    this(root, parent, origin, null);
  }

  /**
   * The cause of what follows from a time that has come, where that begins a trace of its own.
   *
   * @param owner whose time it is
   */
  public static Cause beginning(Key owner, long atMillis) {
    return new Cause(
        "1-%08x-%s".formatted(atMillis / 1000, Ids.hex("due/" + owner + '/' + atMillis, 24)),
        "",
        owner.toString());
  }

  /** The cause of what follows from fact {@code seq} of {@code key}. */
  public Cause then(Key key, long seq) {
    return new Cause(root, key.span(seq), origin, lineage);
  }

  /** The cause of what follows after passing a mark once more. */
  public Cause passing(String mark) {
    return new Cause(root, parent, origin, Lineage.of(lineage).passing(mark).text());
  }
}
