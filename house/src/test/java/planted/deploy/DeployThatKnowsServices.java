package planted.deploy;

/** Breaks a rule on purpose. */
public final class DeployThatKnowsServices {
  public planted.services.ServiceThatKnowsApp other() {
    return new planted.services.ServiceThatKnowsApp();
  }
}
