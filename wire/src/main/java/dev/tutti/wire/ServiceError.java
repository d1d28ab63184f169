package dev.tutti.wire;

/**
 * The error an operation answers, as AWS names it.
 *
 * <p>The HTTP status comes from the model's error shape where it has one, else from {@link
 * #status()}.
 */
public final class ServiceError extends RuntimeException {
  private final String code;
  private final int status;

  public ServiceError(String code, String message) {
    this(code, message, 400);
  }

  public ServiceError(String code, String message, int status) {
    super(message, null, false, false);
    this.code = code;
    this.status = status;
  }

  /** The error's name, for example {@code StateMachineDoesNotExist}. */
  public String code() {
    return code;
  }

  /** HTTP status where the model says none: 4xx the caller's fault, 5xx ours. */
  public int status() {
    return status;
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
