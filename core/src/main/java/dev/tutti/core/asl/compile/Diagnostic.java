package dev.tutti.core.asl.compile;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong, or looks so, with a definition (API reference,
 * ValidateStateMachineDefinitionDiagnostic)
 *
 * @param code "SCHEMA_VALIDATION_FAILED"
 * @param message for people
 * @param location "/States/A/Retry[0]/MaxAttempts"; null where there is no one place
 */
public record Diagnostic(String code, String message, @Nullable String location) {
  public static final String SCHEMA_VALIDATION_FAILED = "SCHEMA_VALIDATION_FAILED";
  public static final String INVALID_JSON_DESCRIPTION = "INVALID_JSON_DESCRIPTION";
  public static final String MISSING_TRANSITION_TARGET = "MISSING_TRANSITION_TARGET";
  public static final String MISSING_END_STATE = "MISSING_END_STATE";
  public static final String INVALID_JSONATA_EXPRESSION = "INVALID_JSONATA_EXPRESSION";
  public static final String UNSUPPORTED_JSONATA_EXPRESSION = "UNSUPPORTED_JSONATA_EXPRESSION";
  public static final String RESERVED_VARIABLE_NAME = "RESERVED_VARIABLE_NAME";
  public static final String INVALID_VARIABLE_NAME = "INVALID_VARIABLE_NAME";
  public static final String DUPLICATE_LABEL_NAME = "DUPLICATE_LABEL_NAME";
  public static final String DUPLICATE_STATE_NAME = "DUPLICATE_STATE_NAME";
  public static final String INVALID_STATE_NAME = "INVALID_STATE_NAME";
  public static final String TOO_DEEPLY_NESTED = "TOO_DEEPLY_NESTED";
  public static final String NO_DOLLAR = "NO_DOLLAR";
  public static final String NO_PATH = "NO_PATH";
  public static final String PASS_RESULT_IS_STATIC = "PASS_RESULT_IS_STATIC";

  private static final Set<String> WARNINGS = Set.of(NO_DOLLAR, NO_PATH, PASS_RESULT_IS_STATIC);

  /** Whether the definition is refused for it. */
  public boolean isError() {
    return !WARNINGS.contains(code);
  }

  /** How bad it is, as the API says it. */
  public String severity() {
    return isError() ? "ERROR" : "WARNING";
  }

  /** As it stands in the message of InvalidDefinition. */
  @Override
  public String toString() {
    return code + ": " + message + " at " + location;
  }
}
