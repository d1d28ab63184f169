package dev.tutti.services.states.trial;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.asl.State;
import dev.tutti.core.asl.data.Stage;
import dev.tutti.core.json.Json;
import dev.tutti.core.workflow.Trial;
import java.util.EnumSet;
import java.util.Set;

/** A verdict as TestState answers it. */
final class Report {
  private static final Set<Stage> NUMBERS =
      EnumSet.of(
          Stage.MAX_CONCURRENCY, Stage.TOLERATED_FAILURE_COUNT, Stage.TOLERATED_FAILURE_PERCENTAGE);
  private static final Set<Stage> RESULTS =
      EnumSet.of(Stage.AFTER_RESULT_SELECTOR, Stage.AFTER_RESULT_PATH);

  private Report() {}

  static ObjectNode of(Trial.Verdict verdict, State state, JsonNode input) {
    ObjectNode report = Json.object();
    if (verdict.output() != null) {
      report.put("output", Json.write(verdict.output()));
    }
    if (verdict.error() != null) {
      report.put("error", verdict.error());
    }
    if (verdict.cause() != null) {
      report.put("cause", verdict.cause());
    }
    if (!input.path("inspectionLevel").asText("INFO").equals("INFO")) {
      report.set("inspectionData", inspection(verdict, state, input));
    }
    if (verdict.next() != null) {
      report.put("nextState", verdict.next());
    }
    report.put("status", verdict.status().name());
    return report;
  }

  private static ObjectNode inspection(Trial.Verdict verdict, State state, JsonNode input) {
    ObjectNode data = Json.object();
    data.put("input", input.path("input").asText("{}"));
    Set<Stage> shown = shown(state);
    verdict
        .stages()
        .forEach((stage, value) -> {
          if (shown.contains(stage)) {
            if (NUMBERS.contains(stage)) {
              data.set(stage.member(), value);
            } else {
              data.put(stage.member(), Json.write(value));
            }
          }
        });
    if (!verdict.variables().isEmpty()) {
      data.put("variables", Json.write(verdict.variables()));
    }
    ObjectNode details = Json.object();
    if (verdict.catcher() != null) {
      details.put("catchIndex", verdict.catcher());
    }
    if (verdict.retrier() != null) {
      details.put("retryIndex", verdict.retrier());
    }
    if (verdict.delaySeconds() != null) {
      details.put("retryBackoffIntervalSeconds", verdict.delaySeconds());
    }
    if (!details.isEmpty()) {
      data.set("errorDetails", details);
    }
    return data;
  }

  /** AWS shows of each type of state only some of what its data goes through. */
  private static Set<Stage> shown(State state) {
    return switch (state.type()) {
      case "Task" -> EnumSet.complementOf(EnumSet.copyOf(NUMBERS));
      case "Pass" -> with(Stage.AFTER_INPUT_PATH, Stage.AFTER_PARAMETERS, Stage.RESULT);
      case "Map" -> {
        EnumSet<Stage> map =
            with(Stage.AFTER_INPUT_PATH, Stage.AFTER_ITEMS_PATH, Stage.AFTER_ITEM_SELECTOR);
        map.addAll(NUMBERS);
        yield map;
      }
      case "Parallel" -> EnumSet.copyOf(RESULTS);
      default -> EnumSet.of(Stage.AFTER_INPUT_PATH);
    };
  }

  private static EnumSet<Stage> with(Stage first, Stage... others) {
    EnumSet<Stage> all = EnumSet.of(first, others);
    all.addAll(RESULTS);
    return all;
  }
}
