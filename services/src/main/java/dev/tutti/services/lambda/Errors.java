package dev.tutti.services.lambda;

import dev.tutti.wire.ServiceError;

/** Lambda's errors. */
final class Errors {
  private Errors() {}

  static ServiceError invalid(String message) {
    return new ServiceError("InvalidParameterValueException", message);
  }

  static ServiceError notFound(String message) {
    return new ServiceError("ResourceNotFoundException", message, 404);
  }

  static ServiceError functionNotFound(String arn) {
    return notFound("Function not found: " + arn);
  }

  static ServiceError noSuchResource() {
    return notFound("The resource you requested does not exist.");
  }

  static ServiceError fault(String message) {
    return new ServiceError("ServiceException", message, 500);
  }

  static ServiceError denied(String account, String action, String arn) {
    return new ServiceError(
        "AccessDeniedException",
        "User: arn:aws:iam::"
            + account
            + ":root is not authorized to perform: lambda:"
            + action
            + " on resource: "
            + arn
            + " because no resource-based policy allows the lambda:"
            + action
            + " action",
        403);
  }
}
