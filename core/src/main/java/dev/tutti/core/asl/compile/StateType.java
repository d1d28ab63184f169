package dev.tutti.core.asl.compile;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The kinds of states and the fields that each has, those of JSONata included. */
enum StateType {
  TASK(
      "Task",
      "Resource Parameters ResultSelector ResultPath Retry Catch TimeoutSeconds TimeoutSecondsPath"
          + " HeartbeatSeconds HeartbeatSecondsPath Credentials Arguments Output Assign InputPath"
          + " OutputPath Next End"),
  WAIT(
      "Wait",
      "Seconds Timestamp SecondsPath TimestampPath Output Assign InputPath OutputPath Next End"),
  PASS("Pass", "Result Parameters ResultPath Output Assign InputPath OutputPath Next End"),
  SUCCEED("Succeed", "Output InputPath OutputPath"),
  FAIL("Fail", "Error Cause ErrorPath CausePath"),
  CHOICE("Choice", "Choices Default Output Assign InputPath OutputPath"),
  PARALLEL(
      "Parallel",
      "Branches Parameters ResultSelector ResultPath Retry Catch Arguments Output Assign InputPath"
          + " OutputPath Next End"),
  MAP(
      "Map",
      "ItemProcessor Iterator ItemsPath Items ItemSelector ItemReader ItemBatcher ResultWriter"
          + " MaxConcurrency MaxConcurrencyPath ToleratedFailureCount ToleratedFailureCountPath"
          + " ToleratedFailurePercentage ToleratedFailurePercentagePath Label Parameters"
          + " ResultSelector ResultPath Retry Catch Output Assign InputPath OutputPath Next End");

  /** Names of the fields of each type. */
  private static final Map<StateType, Set<String>> FIELDS =
      Arrays.stream(values())
          .collect(Collectors.toUnmodifiableMap(Function.identity(), StateType::all));

  private final String written;

  /** Names of the type's own fields, parted by spaces. */
  private final String fields;

  StateType(String written, String fields) {
    this.written = written;
    this.fields = fields;
  }

  private static Set<String> all(StateType type) {
    Set<String> all = new HashSet<>(Arrays.asList(type.fields.split(" ", -1)));
    all.addAll(List.of("Type", "Comment", "QueryLanguage"));
    return all;
  }

  /** The type of a state, null (and a report) where it has none. */
  static @Nullable StateType of(Fields state) {
    if (!state.has("Type")) {
      state.findings().schema("The field 'Type' is required but was missing", state.location());
      return null;
    }
    String written = state.text("Type");
    if (written == null) {
      return null;
    }
    for (StateType type : values()) {
      if (type.written.equals(written)) {
        return type;
      }
    }
    List<String> all = Arrays.stream(values()).map(type -> type.written).toList();
    state
        .findings()
        .schema("The field 'Type' should have one of these values: " + all, state.at("Type"));
    return null;
  }

  /** Reports fields that states of this type do not have. */
  void checkFields(Fields state) {
    state.allowOnly(FIELDS.getOrDefault(this, Set.of()));
  }
}
