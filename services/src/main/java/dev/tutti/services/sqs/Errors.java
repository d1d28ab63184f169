package dev.tutti.services.sqs;

import dev.tutti.wire.ServiceError;

/** SQS's errors. */
final class Errors {
  private Errors() {}

  static ServiceError noQueue() {
    return new ServiceError("QueueDoesNotExist", "The specified queue does not exist.");
  }

  static ServiceError invalid(String message) {
    return new ServiceError("InvalidParameterValueException", message);
  }

  /** For example {@code Value 21 for parameter WaitTimeSeconds is invalid. Reason: …}. */
  static ServiceError invalid(String parameter, String value, String reason) {
    return invalid(
        "Value " + value + " for parameter " + parameter + " is invalid. Reason: " + reason);
  }

  static ServiceError missing(String parameter) {
    return new ServiceError(
        "MissingRequiredParameterException",
        "The request must contain the parameter " + parameter + ".");
  }

  static ServiceError unknownAttribute(String name) {
    return new ServiceError("InvalidAttributeName", "Unknown Attribute " + name + ".");
  }

  static ServiceError invalidAttribute(String name) {
    return new ServiceError(
        "InvalidAttributeValue", "Invalid value for the parameter " + name + ".");
  }

  static ServiceError denied(String account, String action, String arn) {
    return new ServiceError(
        "AccessDenied",
        "User: arn:aws:iam::"
            + account
            + ":root is not authorized to perform: sqs:"
            + action.toLowerCase(java.util.Locale.ROOT)
            + " on resource: "
            + arn
            + " because no resource-based policy allows the sqs:"
            + action.toLowerCase(java.util.Locale.ROOT)
            + " action",
        403);
  }
}
