package planted.services;

/** Breaks a rule on purpose. */
public final class ServiceThatKnowsApp {
  public planted.app.Ordinary other() {
    return new planted.app.Ordinary();
  }
}
