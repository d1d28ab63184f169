package dev.tutti.core.workflow;

import dev.tutti.core.asl.StateMachine;

/** Compiled definitions, as they are known when an execution decides. */
@FunctionalInterface
public interface Definitions {
  /**
   * The definition that a revision of a state machine holds; it never changes.
   *
   * @throws IllegalStateException where there never was such a revision
   */
  StateMachine of(String machineArn, String revision);
}
