package planted.wire;

/** Breaks a rule on purpose. */
public final class WireThatKnowsEvents {
  public planted.core.events.Ordinary other() {
    return new planted.core.events.Ordinary();
  }
}
