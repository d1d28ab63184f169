package dev.tutti.core.workflow.execution;

import java.util.Set;

/** Which history events are logged (developer guide, "Log levels for Step Functions events"). */
public enum LogLevel {
  ALL,
  ERROR,
  FATAL,
  OFF;

  private static final Set<String> ENDS =
      Set.of("ExecutionAborted", "ExecutionFailed", "ExecutionTimedOut");

  private static final Set<String> ERRORS =
      Set.of(
          "ActivityFailed",
          "ActivityScheduleFailed",
          "ActivityTimedOut",
          "EvaluationFailed",
          "FailStateEntered",
          "LambdaFunctionFailed",
          "LambdaFunctionScheduleFailed",
          "LambdaFunctionStartFailed",
          "LambdaFunctionTimedOut",
          "MapIterationAborted",
          "MapIterationFailed",
          "MapRunAborted",
          "MapRunFailed",
          "MapStateAborted",
          "MapStateFailed",
          "ParallelStateAborted",
          "ParallelStateFailed",
          "TaskFailed",
          "TaskStartFailed",
          "TaskStateAborted",
          "TaskSubmitFailed",
          "TaskTimedOut",
          "WaitStateAborted");

  /** Whether a history event of that type is logged. */
  public boolean logs(String eventType) {
    return switch (this) {
      case ALL -> true;
      case ERROR -> ENDS.contains(eventType) || ERRORS.contains(eventType);
      case FATAL -> ENDS.contains(eventType);
      case OFF -> false;
    };
  }
}
