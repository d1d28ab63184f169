package dev.tutti.core.asl.intrinsic;

/** Why a function has no value; {@link IntrinsicCall} names the call that it happened in. */
final class IntrinsicFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  IntrinsicFault(String message) {
    super(message, null, false, false);
  }

  String reason() {
    return String.valueOf(getMessage());
  }
}
