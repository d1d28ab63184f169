package dev.tutti.rehearse.mock;

/** A file of mocks or scenarios that isn't right; the message says where and why. */
public final class BadFile extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * A fault in a file.
   *
   * @param place the file, and a JSON pointer in it
   */
  public BadFile(String place, String what) {
    super(place + ": " + what, null, false, false);
  }
}
