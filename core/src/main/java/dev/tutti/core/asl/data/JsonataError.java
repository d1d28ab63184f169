package dev.tutti.core.asl.data;

import org.jspecify.annotations.Nullable;

/** A failure of an evaluation, as JSONata words it. */
final class JsonataError extends RuntimeException {
  private final @Nullable String code;

  private JsonataError(@Nullable String code, String message) {
    super(message, null, false, false);
    this.code = code;
  }

  /** One that JSONata has a code for. */
  static JsonataError coded(String code, String message) {
    return new JsonataError(code, message);
  }

  /** What a function itself complains of, by the code that JSONata has for that. */
  static JsonataError own(String message) {
    return new JsonataError("D3137", message);
  }

  /**
   * An argument that a function doesn't take.
   *
   * @param index counts from 1
   */
  static JsonataError argument(String function, int index) {
    return coded(
        "T0410",
        "Argument "
            + index
            + " of function \""
            + function
            + "\" does not match function signature");
  }

  /** The evaluation holds, or has made, more than it may. */
  static JsonataError tooMuch() {
    return new JsonataError(
        null, "Expression evaluation memory limit exceeded: Check for excessive memory usage");
  }

  /** It takes too long. */
  static JsonataError tooLong() {
    return new JsonataError(null, "Expression evaluation timeout: Check for infinite loop");
  }

  /** It is nested too deeply. */
  static JsonataError tooDeep() {
    return new JsonataError(
        null,
        "Stack overflow error: Check for non-terminating recursive function. Consider rewriting as"
            + " tail-recursive");
  }

  /** What follows the sentence that names the expression: the code, where there is one. */
  String told() {
    return code == null ? ": " + getMessage() : ". " + code + ": " + getMessage();
  }
}
