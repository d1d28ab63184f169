package planted.core.workflow;

/** Breaks a rule on purpose. */
public final class WorkflowThatKnowsEvents {
  public planted.core.events.Ordinary other() {
    return new planted.core.events.Ordinary();
  }
}
