package dev.tutti.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;

/**
 * The error an operation answers, as AWS names it.
 *
 * <p>The HTTP status comes from the model's error shape where it has one, else from {@link
 * #status()}.
 */
public final class ServiceError extends RuntimeException {
  private final String code;
  private final int status;
  private final ObjectNode members;

  public ServiceError(String code, String message) {
    this(code, message, 400);
  }

  public ServiceError(String code, String message, int status) {
    this(code, message, status, Json.object());
  }

  /** An error that says more than a message: further members of the model's error shape. */
  public ServiceError(String code, String message, int status, ObjectNode members) {
    super(message, null, false, false);
    this.code = code;
    this.status = status;
    this.members = members;
  }

  /** The error's name, for example {@code StateMachineDoesNotExist}. */
  public String code() {
    return code;
  }

  /** HTTP status where the model says none: 4xx the caller's fault, 5xx ours. */
  public int status() {
    return status;
  }

  /** What the error says beside its message, by the names of the model's error shape. */
  public ObjectNode members() {
    return members;
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
