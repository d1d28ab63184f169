package dev.tutti.services.sns;

import dev.tutti.wire.Call;
import dev.tutti.wire.ServiceError;

/** SNS's errors. */
final class Errors {
  private Errors() {}

  static ServiceError invalid(String what) {
    return new ServiceError("InvalidParameter", "Invalid parameter: " + what);
  }

  static ServiceError noTopic() {
    return new ServiceError("NotFound", "Topic does not exist", 404);
  }

  static ServiceError noSubscription() {
    return new ServiceError("NotFound", "Subscription does not exist", 404);
  }

  static ServiceError denied(Call call, String action, String arn) {
    return new ServiceError(
        "AuthorizationError",
        "User: "
            + call.principal()
            + " is not authorized to perform: SNS:"
            + action
            + " on resource: "
            + arn
            + " because no resource-based policy allows the SNS:"
            + action
            + " action",
        403);
  }
}
