package dev.tutti.runner;

import org.jspecify.annotations.Nullable;

/** What somebody who asked a {@link Pool} for a process gets. */
sealed interface Grant {
  /** A process that runs and has nothing to do. */
  record Warm(Sandbox sandbox) implements Grant {}

  /** The right to start one, after ending another where one is given. */
  record Place(@Nullable Sandbox instead) implements Grant {}

  /** Nothing, and why. */
  record None(String message) implements Grant {}
}
