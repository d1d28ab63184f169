package dev.tutti.core.workflow;

/** Who might want to know of executions' changes of status, as it is known when one decides. */
@FunctionalInterface
public interface Audience {
  /** Nobody, ever. */
  Audience NONE = (account, region) -> false;

  /** Whether anybody listens on the default bus of a context. */
  boolean listens(String account, String region);
}
