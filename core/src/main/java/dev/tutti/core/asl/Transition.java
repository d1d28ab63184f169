package dev.tutti.core.asl;

/** Where a state leads when it is done. */
public sealed interface Transition {
  /** To another state of the same flow. */
  record Next(String state) implements Transition {}

  /** To the end of the flow. */
  record End() implements Transition {}
}
