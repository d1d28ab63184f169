package dev.tutti.deploy.resource;

import dev.tutti.wire.ServiceError;
import java.util.List;

/** An operation that a service answered with an error. */
public final class Refused extends RuntimeException {
  private final String operation;
  private final String code;

  Refused(String operation, ServiceError cause) {
    super(operation + " answered " + cause.code() + ": " + cause.getMessage(), cause);
    this.operation = operation;
    this.code = cause.code();
  }

  Refused(String operation, String code, String message) {
    super(operation + " answered " + code + ": " + message);
    this.operation = operation;
    this.code = code;
  }

  /** The same, with a mark in the place of each secret that it says. */
  Refused hiding(List<String> secrets) {
    String shown = String.valueOf(getMessage());
    for (String secret : secrets) {
      shown = secret.isBlank() ? shown : shown.replace(secret, "***");
    }
    return new Refused(shown, operation, code, true);
  }

  private Refused(String message, String operation, String code, boolean hidden) {
    super(message, null, false, !hidden);
    this.operation = operation;
    this.code = code;
  }

  /** For example {@code lambda:CreateFunction}. */
  public String operation() {
    return operation;
  }

  /** The error's name as AWS has it. */
  public String code() {
    return code;
  }

  /** Whether what was asked for doesn't exist. */
  public boolean isMissing() {
    return switch (code) {
      case "ResourceNotFoundException",
          "ResourceNotFound",
          "StateMachineDoesNotExist",
          "NotFoundException",
          "QueueDoesNotExist",
          "NotFound" ->
          true;
      default -> false;
    };
  }
}
