package dev.tutti.simulate.judge;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.Key;
import dev.tutti.core.kernel.Recorded;
import dev.tutti.core.workflow.ExecutionFact;
import dev.tutti.core.workflow.execution.Status;
import dev.tutti.core.workflow.express.ExpressEnd;
import dev.tutti.core.workflow.express.ExpressFact;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Express executions, which leave no history: what was acknowledged is there (I1) and ends once
 * (I7, I25), as a standard execution of the same definition with the same input does, whose history
 * the interpreter explains (I8); and as one of its runs did, where these were seen. The definitions
 * depend on their input alone.
 */
public final class Swift {
  /** By which the name of an express state machine is longer than its standard twin's. */
  public static final String SUFFIX = "x";

  /** What differs between two executions in what they tell of a failure. */
  private static final Pattern OWN = Pattern.compile("#\\d+|Request ID: [-0-9a-f]+");

  private final Map<Key, List<Recorded<?>>> facts;
  private final @Nullable Seen seen;
  private final List<String> faults;

  /** How an execution ended; without its output where that isn't told. */
  private record End(
      String status, @Nullable JsonNode output, @Nullable String error, @Nullable String cause) {}

  Swift(Map<Key, List<Recorded<?>>> facts, @Nullable Seen seen, List<String> faults) {
    this.facts = facts;
    this.seen = seen;
    this.faults = faults;
  }

  void judge(List<Acknowledged.Swift> acknowledged) {
    for (Acknowledged.Swift swift : acknowledged) {
      JsonNode answer = swift.answer();
      if (answer != null) {
        compare(swift, end(answer), true);
      } else if (!facts.containsKey(new Key("express", swift.executionArn()))) {
        faults.add("I1: " + swift + " is acknowledged and not there");
      } else {
        ExpressEnd end = end(swift.executionArn());
        if (end != null) {
          compare(swift, new End(end.status().name(), null, end.error(), end.cause()), false);
        }
      }
    }
    facts.forEach((key, history) -> {
      if (key.kind().equals("express")) {
        ends(key, history);
      }
    });
  }

  private void ends(Key key, List<Recorded<?>> history) {
    long ends =
        history.stream()
            .filter(recorded -> !(recorded.fact() instanceof ExpressFact.Started))
            .count();
    if (ends != 1) {
      faults.add((ends == 0 ? "I25: " : "I7: ") + key + " ended " + ends + " times");
    }
    for (Recorded<?> recorded : history) {
      ExpressEnd end =
          switch (recorded.fact()) {
            case ExpressFact.Ended f -> f.end();
            case ExpressFact.Ran f -> f.end();
            default -> null;
          };
      if (end != null && seen != null && !seen.ended(key.id(), null, fact -> isSo(end, fact))) {
        faults.add("I8: " + key + " never ended so: " + end);
      }
    }
  }

  private static boolean isSo(ExpressEnd end, ExecutionFact fact) {
    return switch (fact) {
      case ExecutionFact.Succeeded _ -> end.status() == Status.SUCCEEDED;
      case ExecutionFact.Failed f ->
          end.status() == Status.FAILED
              && Objects.equals(f.error(), end.error())
              && Objects.equals(f.cause(), end.cause());
      case ExecutionFact.TimedOut _ -> end.status() == Status.TIMED_OUT;
      case ExecutionFact _ -> false;
    };
  }

  private @Nullable ExpressEnd end(String arn) {
    for (Recorded<ExpressFact> recorded :
        Judge.of(facts, ExpressFact.class, new Key("express", arn))) {
      if (recorded.fact() instanceof ExpressFact.Ended ended) {
        return ended.end();
      }
    }
    return null;
  }

  private static End end(JsonNode answer) {
    return new End(
        answer.path("status").asText(),
        answer.has("output") ? Json.parse(answer.path("output").asText()) : null,
        answer.path("error").textValue(),
        answer.path("cause").textValue());
  }

  private void compare(Acknowledged.Swift swift, End end, boolean withOutput) {
    List<Recorded<ExecutionFact>> history =
        Judge.of(facts, ExecutionFact.class, new Key("execution", swift.twin()));
    for (Recorded<ExecutionFact> recorded : history) {
      End twin =
          switch (recorded.fact()) {
            case ExecutionFact.Succeeded f ->
                new End("SUCCEEDED", withOutput ? f.output() : null, null, null);
            case ExecutionFact.Failed f -> new End("FAILED", null, f.error(), f.cause());
            case ExecutionFact _ -> null;
          };
      if (twin != null && !isLike(twin, end) && !isOtherStrand(twin, end, history)) {
        faults.add(
            "I8: " + swift.executionArn() + " ended as " + end + ", and its twin as " + twin);
      }
    }
  }

  private static boolean isLike(End twin, End end) {
    return twin.equals(end)
        || (twin.status().equals(end.status())
            && Objects.equals(twin.error(), end.error())
            && Objects.equals(unnumbered(twin.cause()), unnumbered(end.cause()))
            && Objects.equals(text(twin.output()), text(end.output())));
  }

  private static @Nullable String text(@Nullable JsonNode output) {
    return output == null ? null : unnumbered(Json.write(output));
  }

  /**
   * Whether both ended in the same way, and only which strand's failure led to it differs: of
   * retries that are due at the same moment any may be the first. Then the other strand's failure
   * stands in the twin's history, of the attempt before at least, there with the number of another
   * event; both may have caught it, and have it in their outputs.
   */
  private static boolean isOtherStrand(End twin, End end, List<Recorded<ExecutionFact>> history) {
    List<Failure> failures = history.stream().flatMap(each -> failure(each.fact())).toList();
    return switch (twin.status() + " " + end.status()) {
      case "FAILED FAILED" -> failures.contains(new Failure(end.error(), unnumbered(end.cause())));
      case "SUCCEEDED SUCCEEDED" ->
          Objects.equals(without(failures, twin.output()), without(failures, end.output()));
      default -> false;
    };
  }

  /** A strand's failure, its cause without what is each execution's own. */
  private record Failure(@Nullable String error, @Nullable String cause) {
    /** What a state that caught it is given, as text. */
    String caught() {
      return Json.write(Json.object().put("Error", error).put("Cause", cause));
    }
  }

  private static Stream<Failure> failure(ExecutionFact fact) {
    return switch (fact) {
      case ExecutionFact.BranchFailed f -> failure(f.error(), f.cause());
      case ExecutionFact.Faulted f -> failure(f.error(), f.cause());
      case ExecutionFact.EvaluationFailed f -> failure(f.error(), f.cause());
      case ExecutionFact _ -> Stream.of();
    };
  }

  private static Stream<Failure> failure(@Nullable String error, @Nullable String cause) {
    return Stream.of(new Failure(error, unnumbered(cause)));
  }

  private static @Nullable String without(List<Failure> failures, @Nullable JsonNode output) {
    String text = text(output);
    if (text == null) {
      return null;
    }
    for (Failure failure : failures) {
      text = text.replace(failure.caught(), "#");
    }
    return text;
  }

  private static @Nullable String unnumbered(@Nullable String cause) {
    return cause == null ? null : shared(cause);
  }

  /** A text without what two executions that go the same way may tell differently. */
  public static String shared(String text) {
    return OWN.matcher(text).replaceAll("#");
  }
}
