package planted.core.kernel;

/** Breaks a rule on purpose. */
public final class KernelThatKnowsEvents {
  public planted.core.events.Ordinary other() {
    return new planted.core.events.Ordinary();
  }
}
