package dev.tutti.core.functions;

/**
 * A configuration with its code: {@code $LATEST} or a published version.
 *
 * @param number the version's number; 0 for {@code $LATEST}
 * @param revision Lambda's {@code RevisionId}: a UUID, another one with every change
 * @param modifiedMillis epoch milliseconds of the last change
 */
public record Release(
    int number, Configuration configuration, Code code, String revision, long modifiedMillis) {

  /** {@code $LATEST} or the number. */
  public String version() {
    return number == 0 ? "$LATEST" : Integer.toString(number);
  }

  Release with(Configuration changed, String newRevision, long millis) {
    return new Release(number, changed, code, newRevision, millis);
  }

  Release with(Code changed, String newRevision, long millis) {
    return new Release(number, configuration, changed, newRevision, millis);
  }

  Release with(String newRevision) {
    return new Release(number, configuration, code, newRevision, modifiedMillis);
  }
}
