package dev.tutti.core.asl.data;

import org.jspecify.annotations.Nullable;

/**
 * A run-time failure of the language itself, by its error name ("States.Runtime") and its cause.
 *
 * <p>The cause is what AWS says after naming the state: {@link #causeIn} gives the whole text.
 */
public final class StatesError extends RuntimeException {
  public static final String ALL = "States.ALL";
  public static final String TASK_FAILED = "States.TaskFailed";
  public static final String TIMEOUT = "States.Timeout";
  public static final String HEARTBEAT_TIMEOUT = "States.HeartbeatTimeout";
  public static final String PERMISSIONS = "States.Permissions";
  public static final String RUNTIME = "States.Runtime";
  public static final String DATA_LIMIT_EXCEEDED = "States.DataLimitExceeded";
  public static final String RESULT_PATH_MATCH_FAILURE = "States.ResultPathMatchFailure";
  public static final String PARAMETER_PATH_FAILURE = "States.ParameterPathFailure";
  public static final String BRANCH_FAILED = "States.BranchFailed";
  public static final String NO_CHOICE_MATCHED = "States.NoChoiceMatched";
  public static final String INTRINSIC_FAILURE = "States.IntrinsicFailure";
  public static final String QUERY_EVALUATION_ERROR = "States.QueryEvaluationError";
  public static final String EXCEED_TOLERATED_FAILURE_THRESHOLD =
      "States.ExceedToleratedFailureThreshold";
  public static final String ITEM_READER_FAILED = "States.ItemReaderFailed";
  public static final String RESULT_WRITER_FAILED = "States.ResultWriterFailed";

  /** Characters of a cause, as the service's model has it ("SensitiveCause"). */
  private static final int MOST_OF_A_CAUSE = 32_768;

  private final String error;
  private final String cause;
  private final @Nullable String location;

  public StatesError(String error, String cause) {
    this(error, cause, null);
  }

  private StatesError(String error, String cause, @Nullable String location) {
    super(error + ": " + cause, null, false, false);
    this.error = error;
    this.cause = cause;
    this.location = location;
  }

  /**
   * A JSONata expression failed, or gave what its field can't hold.
   *
   * @param location the field, {@code Output/id}; null where no one field is to blame
   */
  public static StatesError query(@Nullable String location, String cause) {
    return new StatesError(QUERY_EVALUATION_ERROR, cause, location);
  }

  /** A States.Runtime failure. */
  public static StatesError runtime(String cause) {
    return new StatesError(RUNTIME, cause);
  }

  public String error() {
    return error;
  }

  /** The field whose expression failed; null where none did. */
  public @Nullable String location() {
    return location;
  }

  /** The cause without the state: "Invalid path '$.a' : No results for path: $['a']". */
  public String cause() {
    return cause;
  }

  /**
   * The cause as histories and execution results show it. That of States.DataLimitExceeded names
   * the state already.
   */
  public String causeIn(String state, long enteredEventId) {
    if (error.equals(DATA_LIMIT_EXCEEDED)) {
      return cause;
    }
    return cut(
        "An error occurred while executing the state '"
            + state
            + "' (entered at the event id #"
            + enteredEventId
            + "). "
            + cause);
  }

  /** As much of a cause as histories and results show. */
  public static String cut(String cause) {
    return cause.length() <= MOST_OF_A_CAUSE ? cause : cause.substring(0, MOST_OF_A_CAUSE);
  }
}
