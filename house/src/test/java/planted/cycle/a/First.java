package planted.cycle.a;

/** Breaks a rule on purpose. */
public final class First {
  public planted.cycle.b.Second other() {
    return new planted.cycle.b.Second();
  }
}
