package planted.host;

/** Breaks a rule on purpose. */
public final class HostThatKnowsEvents {
  public planted.core.events.Ordinary other() {
    return new planted.core.events.Ordinary();
  }
}
