package dev.tutti.simulate.judge;

/** A history that the language doesn't allow. */
final class Rejected extends RuntimeException {
  private static final long serialVersionUID = 1;

  Rejected(String why) {
    super(why, null, false, false);
  }
}
