package dev.tutti.torture.check;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.Key;
import dev.tutti.core.kernel.Recorded;
import dev.tutti.core.workflow.ExecutionFact;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a runtime that was at rest said of executions, to be held against what its data says once it
 * is gone (I5).
 */
public final class Answers {
  private final Map<String, JsonNode> described = new LinkedHashMap<>();

  /** How an execution came out, by its facts. */
  private record End(
      String status,
      String input,
      @Nullable JsonNode output,
      @Nullable String error,
      @Nullable String cause,
      int redrives) {}

  /** Takes in what DescribeExecution answered. */
  public void described(String arn, JsonNode answer) {
    described.put(arn, answer);
  }

  /** Where the data says something else; empty where it nowhere does. */
  public List<String> compare(Data data) {
    List<String> faults = new ArrayList<>();
    described.forEach((arn, answer) -> {
      End told =
          new End(
              answer.path("status").asText(),
              answer.path("input").asText(),
              answer.has("output") ? Json.parse(answer.path("output").asText()) : null,
              answer.path("error").textValue(),
              answer.path("cause").textValue(),
              answer.path("redriveCount").asInt());
      End written = written(data.facts().getOrDefault(new Key("execution", arn), List.of()));
      if (!Objects.equals(told, written)) {
        faults.add("I5: " + arn + " was described as " + told + " and is written as " + written);
      }
    });
    return faults;
  }

  private static End written(List<Recorded<?>> history) {
    End end = new End("", "", null, null, null, 0);
    for (Recorded<?> recorded : history) {
      end =
          switch (recorded.fact()) {
            case ExecutionFact.Started f -> new End("RUNNING", f.input(), null, null, null, 0);
            case ExecutionFact.Redriven f ->
                new End("RUNNING", end.input(), null, null, null, f.count());
            case ExecutionFact.Succeeded f ->
                new End("SUCCEEDED", end.input(), f.output(), null, null, end.redrives());
            case ExecutionFact.Failed f -> failed(end, "FAILED", f.error(), f.cause());
            case ExecutionFact.Aborted f -> failed(end, "ABORTED", f.error(), f.cause());
            case ExecutionFact.TimedOut f -> failed(end, "TIMED_OUT", f.error(), f.cause());
            default -> end;
          };
    }
    return end;
  }

  private static End failed(
      End before, String status, @Nullable String error, @Nullable String cause) {
    return new End(status, before.input(), null, error, cause, before.redrives());
  }
}
