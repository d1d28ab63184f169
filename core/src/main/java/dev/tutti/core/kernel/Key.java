package dev.tutti.core.kernel;

/**
 * Names an aggregate.
 *
 * @param kind which domain decides it, for example {@code execution}
 * @param id unique within the kind, usually an ARN; without NUL characters
 */
public record Key(String kind, String id) {
  public Key {
    if (kind.isEmpty() || id.isEmpty() || kind.indexOf('\0') >= 0 || id.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("not a key: " + kind + "/" + id);
    }
  }

  /** The span of this aggregate's fact number {@code seq} in a trace. */
  public String span(long seq) {
    return Ids.hex(toString() + '#' + seq, 16);
  }

  @Override
  public String toString() {
    return kind + '/' + id;
  }
}
