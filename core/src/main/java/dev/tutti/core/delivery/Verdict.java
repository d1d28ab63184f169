package dev.tutti.core.delivery;

import dev.tutti.core.kernel.Outcome;
import java.util.List;
import java.util.Set;

/** What a failed attempt means for the delivery. Decided by the error alone. */
public enum Verdict {
  /** The target had it already from an earlier attempt. */
  ALREADY_THERE,
  /** It may succeed later. */
  PASSING,
  /** It will fail again: the target is not there, not allowed, or can't take this payload. */
  FINAL;

  private static final Set<String> PASSING_NAMES =
      Set.of(
          "ConcurrentModificationException",
          "DestinationStatus401",
          "DestinationStatus407",
          "DestinationStatus409",
          "ExecutionLimitExceeded",
          "InternalError",
          "InternalErrorException",
          "InternalException",
          "InternalFailure",
          "InternalServerError",
          "InternalServiceErrorException",
          "KinesisThrottledException",
          "LimitExceeded",
          "RequestLimitExceeded",
          "ResourceConflictException",
          "ResourceNotReadyException",
          "ServiceException",
          "ServiceUnavailable",
          "ServiceUnavailableException",
          "TooManyRequestsException");

  private static final List<String> PASSING_PARTS = List.of("Throttl", "Timeout", "TimedOut");

  private static final Set<String> FINAL_NAMES =
      Set.of(
          "AccessDenied",
          "AccessDeniedException",
          "AuthorizationError",
          "AuthorizationErrorException",
          "InvalidArn",
          "InvalidExecutionInput",
          "InvalidParameter",
          "InvalidParameterValueException",
          "InvalidRequestContentException",
          "NotFound",
          "NotFoundException",
          "QueueDoesNotExist",
          "RequestTooLargeException",
          "ResourceNotFoundException",
          "StateMachineDeleting",
          "StateMachineDoesNotExist",
          "StateMachineTypeNotSupported",
          "ValidationException");

  private static final Set<Integer> PASSING_STATUSES = Set.of(408, 425, 429);

  /** Judges by name first, then by HTTP status; where both say nothing it may pass. */
  public static Verdict of(Outcome.Failed failed) {
    String error = failed.error();
    if (error.equals("ExecutionAlreadyExists")) {
      return ALREADY_THERE;
    }
    if (PASSING_NAMES.contains(error) || PASSING_PARTS.stream().anyMatch(error::contains)) {
      return PASSING;
    }
    if (FINAL_NAMES.contains(error)) {
      return FINAL;
    }
    int status = failed.status();
    return status >= 300 && status < 500 && !PASSING_STATUSES.contains(status) ? FINAL : PASSING;
  }
}
