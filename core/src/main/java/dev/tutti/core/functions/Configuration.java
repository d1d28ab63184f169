package dev.tutti.core.functions;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a user sets of a function besides its code; members as in Lambda's {@code
 * FunctionConfiguration}.
 *
 * @param environment the variables; null where none were ever given
 * @param tracing {@code Active} or {@code PassThrough}
 * @param deadLetters ARN of the queue or topic that gets events that were given up; null where none
 *     does
 * @param snapStart {@code PublishedVersions} or {@code None}; kept and reported, never optimised
 */
public record Configuration(
    String role,
    String runtime,
    String handler,
    String description,
    int timeoutSeconds,
    int memoryMegabytes,
    int storageMegabytes,
    @Nullable Map<String, String> environment,
    List<String> architectures,
    String tracing,
    String snapStart,
    Logging logging,
    @Nullable String deadLetters) {

  /** Lambda's defaults under the three members that have none. */
  public static Configuration initial(
      String functionName, String role, String runtime, String handler) {
    return new Configuration(
        role,
        runtime,
        handler,
        "",
        3,
        128,
        512,
        null,
        List.of("x86_64"),
        "PassThrough",
        "None",
        Logging.initial(functionName),
        null);
  }

  /** This with what a change names put over it. */
  public Configuration with(Change change) {
    return new Configuration(
        or(change.role(), role),
        or(change.runtime(), runtime),
        or(change.handler(), handler),
        or(change.description(), description),
        or(change.timeoutSeconds(), timeoutSeconds),
        or(change.memoryMegabytes(), memoryMegabytes),
        or(change.storageMegabytes(), storageMegabytes),
        change.environment() == null ? environment : change.environment(),
        or(change.architectures(), architectures),
        or(change.tracing(), tracing),
        or(change.snapStart(), snapStart),
        logging.with(
            change.logFormat(),
            change.logGroup(),
            change.applicationLogLevel(),
            change.systemLogLevel()),
        deadLetters(change.deadLetters()));
  }

  private @Nullable String deadLetters(@Nullable String asked) {
    if (asked == null) {
      return deadLetters;
    }
    return asked.isEmpty() ? null : asked;
  }

  private static <T> T or(@Nullable T asked, T current) {
    return asked == null ? current : asked;
  }

  /**
   * What somebody wants changed; null leaves a member as it is.
   *
   * @param deadLetters empty takes them back
   */
  public record Change(
      @Nullable String role,
      @Nullable String runtime,
      @Nullable String handler,
      @Nullable String description,
      @Nullable Integer timeoutSeconds,
      @Nullable Integer memoryMegabytes,
      @Nullable Integer storageMegabytes,
      @Nullable Map<String, String> environment,
      @Nullable List<String> architectures,
      @Nullable String tracing,
      @Nullable String snapStart,
      @Nullable String logFormat,
      @Nullable String logGroup,
      @Nullable String applicationLogLevel,
      @Nullable String systemLogLevel,
      @Nullable String deadLetters) {

    static Change ofDescription(String description) {
      return new Change(
          null,
          null,
          null,
          description,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null);
    }

    static Change ofArchitectures(List<String> architectures) {
      return new Change(
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          architectures,
          null,
          null,
          null,
          null,
          null,
          null,
          null);
    }
  }
}
