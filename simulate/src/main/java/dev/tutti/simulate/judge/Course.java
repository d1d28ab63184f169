package dev.tutti.simulate.judge;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.asl.ErrorMatch.Source;
import dev.tutti.core.asl.data.StatesError;
import org.jspecify.annotations.Nullable;

/** How far a flow came. */
sealed interface Course {
  record Done(JsonNode output) implements Course {}

  /** It failed; {@code below}: because a branch or iteration did. */
  record Failure(@Nullable String error, @Nullable String cause, Source source, boolean below)
      implements Course {
    /** Whether the execution ends with it, wherever it happened. */
    boolean endsAll() {
      return StatesError.RUNTIME.equals(error);
    }
  }

  /** It was cut short. */
  record Open() implements Course {}

  /** A state that failed. */
  final class Failed extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final transient Failure failure;

    Failed(Failure failure) {
      super("", null, false, false);
      this.failure = failure;
    }

    Failure failure() {
      return failure;
    }
  }

  /** A state in which the history ends. */
  final class Cut extends RuntimeException {
    private static final long serialVersionUID = 1;

    Cut() {
      super("", null, false, false);
    }
  }
}
