package dev.tutti.rehearse.mock;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.kernel.Outcome;

/** One answer of a mock. */
public sealed interface Cue {

  /** The work gives this. */
  record Return(JsonNode value) implements Cue {}

  /** It fails. */
  record Throw(String error, String cause) implements Cue {}

  /** The same as the outcome of a call. */
  default Outcome outcome() {
    return switch (this) {
      case Return r -> new Outcome.Succeeded(r.value());
      case Throw t -> new Outcome.Failed("stage", t.error(), t.cause(), 0);
    };
  }
}
