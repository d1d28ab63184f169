package dev.tutti.core.asl;

import dev.tutti.core.asl.data.DataFlow;
import org.jspecify.annotations.Nullable;

/** One state. Its name is unique in the whole machine, branches and processors included. */
public sealed interface State
    permits TaskState,
        PassState,
        ChoiceState,
        WaitState,
        SucceedState,
        FailState,
        ParallelState,
        MapState {
  String name();

  @Nullable String comment();

  /** How data goes through it. A Fail state only looks at its input. */
  DataFlow data();

  /** "Task", "Pass", ...: the Type of the definition. */
  default String type() {
    return switch (this) {
      case TaskState s -> "Task";
      case PassState s -> "Pass";
      case ChoiceState s -> "Choice";
      case WaitState s -> "Wait";
      case SucceedState s -> "Succeed";
      case FailState s -> "Fail";
      case ParallelState s -> "Parallel";
      case MapState s -> "Map";
    };
  }
}
