package dev.tutti.wire.auth;

/** A caller who can't be who they say; each protocol has a code of its own for the reason. */
public final class AuthRefused extends RuntimeException {
  /** Why. */
  public enum Reason {
    /** No signature at all. */
    MISSING,
    /** A signature that lacks something or can't be read. */
    INCOMPLETE,
    /** A key that is nobody's. */
    UNKNOWN_KEY,
    /** A signature that isn't right, or is of another time. */
    MISMATCH
  }

  private final Reason reason;

  public AuthRefused(Reason reason, String message) {
    super(message, null, false, false);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
