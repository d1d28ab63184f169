package planted.runner;

/** Breaks a rule on purpose. */
public final class RunnerThatKnowsWire {
  public planted.wire.WireThatKnowsEvents other() {
    return new planted.wire.WireThatKnowsEvents();
  }
}
