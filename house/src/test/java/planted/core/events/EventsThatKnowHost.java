package planted.core.events;

/** Breaks a rule on purpose. */
public final class EventsThatKnowHost {
  public planted.host.Ordinary host() {
    return new planted.host.Ordinary();
  }
}
