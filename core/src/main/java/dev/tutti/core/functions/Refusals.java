package dev.tutti.core.functions;

import dev.tutti.core.kernel.Decision;
import org.jspecify.annotations.Nullable;

/** Lambda's words for saying no. */
final class Refusals {
  private Refusals() {}

  static Decision<FunctionCommand, FunctionFact> notFound(String message) {
    return Decision.refuse("ResourceNotFoundException", message);
  }

  static Decision<FunctionCommand, FunctionFact> functionNotFound(String arn) {
    return notFound("Function not found: " + arn);
  }

  static Decision<FunctionCommand, FunctionFact> noAlias(String arn) {
    return notFound("Cannot find alias arn: " + arn);
  }

  static Decision<FunctionCommand, FunctionFact> noEventInvoke(String arn, String qualifier) {
    return notFound(
        "The function "
            + arn
            + ':'
            + (qualifier.isEmpty() ? "$LATEST" : qualifier)
            + " doesn't have an EventInvokeConfig");
  }

  static Decision<FunctionCommand, FunctionFact> invalid(String message) {
    return Decision.refuse("InvalidParameterValueException", message);
  }

  static Decision<FunctionCommand, FunctionFact> tooManyTags() {
    return invalid("Number of tags exceeds resource tag limit.");
  }

  /** Whether a revision was named that isn't the current one. */
  static boolean stale(@Nullable String named, @Nullable String current) {
    return named != null && !named.equals(current);
  }

  static Decision<FunctionCommand, FunctionFact> staleResource() {
    return staleBy("GetFunction/GetAlias");
  }

  static Decision<FunctionCommand, FunctionFact> stalePolicy() {
    return staleBy("GetPolicy");
  }

  private static Decision<FunctionCommand, FunctionFact> staleBy(String operation) {
    return Decision.refuse(
        "PreconditionFailedException",
        "The Revision Id provided does not match the latest Revision Id. Call the "
            + operation
            + " API to retrieve the latest Revision Id");
  }
}
