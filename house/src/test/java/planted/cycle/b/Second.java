package planted.cycle.b;

/** Breaks a rule on purpose. */
public final class Second {
  public planted.cycle.a.First other() {
    return new planted.cycle.a.First();
  }
}
