package planted.simulate.judge;

/** Breaks a rule on purpose. */
public final class JudgeThatKnowsServices {
  public planted.services.ServiceThatKnowsApp other() {
    return new planted.services.ServiceThatKnowsApp();
  }
}
