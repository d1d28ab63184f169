package dev.tutti.core.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.core.kernel.Outcome;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class VerdictTest {
  @ParameterizedTest
  @CsvSource({
    "lambda, ResourceNotFoundException, 404, FINAL",
    "lambda, AccessDeniedException, 403, FINAL",
    "lambda, InvalidParameterValueException, 400, FINAL",
    "lambda, RequestTooLargeException, 413, FINAL",
    "lambda, TooManyRequestsException, 429, PASSING",
    "lambda, ResourceConflictException, 409, PASSING",
    "lambda, ServiceException, 500, PASSING",
    "states, StateMachineDoesNotExist, 400, FINAL",
    "states, StateMachineDeleting, 400, FINAL",
    "states, InvalidExecutionInput, 400, FINAL",
    "states, ExecutionLimitExceeded, 400, PASSING",
    "states, ExecutionAlreadyExists, 400, ALREADY_THERE",
    "states, ThrottlingException, 400, PASSING",
    "sns, NotFound, 404, FINAL",
    "sns, AuthorizationError, 403, FINAL",
    "events, ResourceNotFoundException, 400, FINAL",
    "events, SomethingNew, 400, FINAL",
    "events, SomethingNew, 500, PASSING",
    "events, SomethingNew, 0, PASSING",
    "http, NotFound, 404, FINAL",
    "http, Moved, 301, FINAL",
    "http, TooManyRequests, 429, PASSING",
    "http, RequestTimeout, 408, PASSING",
    "http, BadGateway, 502, PASSING",
    "http, ConnectTimedOut, 0, PASSING",
  })
  void judges(String service, String error, int status, Verdict expected) {
    assertThat(Verdict.of(new Outcome.Failed(service, error, "", status))).isEqualTo(expected);
  }
}
