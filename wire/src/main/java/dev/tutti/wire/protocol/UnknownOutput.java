package dev.tutti.wire.protocol;

/**
 * An operation answered a member that the model doesn't have, or a value of the wrong type. That is
 * a mistake in this program: the caller gets an internal error, and the log says which member.
 *
 * <p>Dropping the member instead would hide the mistake from every test, and hand out an answer
 * that lacks what the operation meant to say.
 */
public final class UnknownOutput extends RuntimeException {
  UnknownOutput(String message) {
    super(message);
  }
}
