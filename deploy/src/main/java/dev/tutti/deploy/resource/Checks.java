package dev.tutti.deploy.resource;

/** What the embedder can judge before anything is created. */
public record Checks(DefinitionCheck definitions, PatternCheck patterns) {
  /** Leaves all judgement to the services. */
  public static final Checks NONE = new Checks(DefinitionCheck.NONE, PatternCheck.NONE);
}
