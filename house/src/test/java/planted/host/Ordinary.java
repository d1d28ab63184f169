package planted.host;

/** Breaks a rule on purpose. */
public final class Ordinary {
  public String name() {
    return "ordinary";
  }
}
