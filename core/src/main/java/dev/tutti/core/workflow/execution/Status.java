package dev.tutti.core.workflow.execution;

/** Where an execution stands, as AWS names it. */
public enum Status {
  RUNNING,
  SUCCEEDED,
  FAILED,
  TIMED_OUT,
  ABORTED
}
