package dev.tutti.core.asl.data;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.json.Json;

/** How large a state's or a task's data may be (quota "Maximum input or output size"). */
public final class DataLimit {
  /** Bytes of UTF-8. */
  public static final int MOST_BYTES = 256 * 1024;

  private DataLimit() {}

  /**
   * The result itself.
   *
   * @param owner the state's name, or the task's resource, for the cause
   * @throws StatesError States.DataLimitExceeded where the result is too large
   */
  public static JsonNode checked(String owner, JsonNode result) {
    if (Json.bytes(result).length > MOST_BYTES) {
      throw new StatesError(
          StatesError.DATA_LIMIT_EXCEEDED,
          "The state/task '"
              + owner
              + "' returned a result with a size exceeding the maximum number of bytes service"
              + " limit.");
    }
    return result;
  }
}
