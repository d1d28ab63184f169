package dev.tutti.core.functions;

import org.jspecify.annotations.Nullable;

/**
 * How a function logs, as Lambda's {@code LoggingConfig}.
 *
 * @param format {@code Text} or {@code JSON}
 * @param group name of the log group
 * @param applicationLevel least level of the function's own lines; only where the format is JSON
 * @param systemLevel least level of the runtime's lines; only where the format is JSON
 */
public record Logging(
    String format, String group, @Nullable String applicationLevel, @Nullable String systemLevel) {

  /** The logging of a new function, before what was asked for is put over it. */
  static Logging initial(String functionName) {
    return new Logging("Text", "/aws/lambda/" + functionName, null, null);
  }

  /** Puts what was given over what is: levels come with JSON, and go with it. */
  Logging with(
      @Nullable String newFormat,
      @Nullable String newGroup,
      @Nullable String newApplicationLevel,
      @Nullable String newSystemLevel) {
    String toFormat = newFormat == null ? format : newFormat;
    String toGroup = newGroup == null ? group : newGroup;
    if (!toFormat.equals("JSON")) {
      return new Logging(toFormat, toGroup, null, null);
    }
    return new Logging(
        toFormat,
        toGroup,
        level(newApplicationLevel, applicationLevel),
        level(newSystemLevel, systemLevel));
  }

  private static String level(@Nullable String asked, @Nullable String current) {
    if (asked != null) {
      return asked;
    }
    return current == null ? "INFO" : current;
  }
}
