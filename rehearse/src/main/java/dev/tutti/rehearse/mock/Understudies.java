package dev.tutti.rehearse.mock;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.json.Json;
import dev.tutti.runner.Function;
import dev.tutti.runner.Invocation;
import dev.tutti.runner.Invoker;
import dev.tutti.runner.Outcome;
import dev.tutti.runner.Report;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Answer in the place of functions; a function that nobody stands in for fails, and is told of. Not
 * for several threads.
 */
public final class Understudies implements Invoker {
  private final Map<String, Responses> mocks = new HashMap<>();
  private final Map<String, Integer> asked = new HashMap<>();
  private final List<String> missed = new ArrayList<>();

  /**
   * Has a function played.
   *
   * @param account its context
   */
  public void play(String account, String name, Responses mock) {
    mocks.put(account + ":" + name, mock);
  }

  /** What was invoked without an answer to give. */
  public List<String> missed() {
    return List.copyOf(missed);
  }

  @Override
  public Outcome invoke(Function function, Invocation invocation) {
    String[] arn = function.arn().split(":", -1);
    String name = arn[4] + ":" + arn[6];
    int before = asked.merge(name, 1, Integer::sum) - 1;
    Responses mock = mocks.get(name);
    Cue cue = mock == null ? null : mock.at(before).orElse(null);
    return switch (cue) {
      case null -> {
        missed.add(missing(arn[6], mock, before));
        yield failed("Rehearsal.NoAnswer", missed.getLast());
      }
      case Cue.Return(JsonNode value) -> new Outcome.Success(Json.bytes(value), REPORT);
      case Cue.Throw(String error, String cause) -> failed(error, cause);
    };
  }

  private static String missing(String name, @Nullable Responses mock, int before) {
    return mock == null
        ? "the function " + name + " was invoked, and nothing says what it answers"
        : mock.place() + " has no answer number " + before + " for the function " + name;
  }

  private static Outcome failed(String type, String message) {
    JsonNode error = Json.object().put("errorMessage", message).put("errorType", type);
    return new Outcome.FunctionError(Outcome.Cause.HANDLER, Json.bytes(error), REPORT);
  }

  private static final Report REPORT =
      new Report(Duration.ZERO, Duration.ZERO, null, 0, new byte[0], "");

  @Override
  public void forget(String functionArn) {
    // there is no process to end
  }
}
