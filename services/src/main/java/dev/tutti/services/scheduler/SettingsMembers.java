package dev.tutti.services.scheduler;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import dev.tutti.core.scheduler.ScheduleSettings;
import dev.tutti.core.scheduler.ScheduleTarget;
import dev.tutti.wire.ServiceError;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A schedule's settings in AWS's form. */
final class SettingsMembers {
  private static final int RETRIES = 185;
  private static final int AGE_SECONDS = 86_400;

  /** Parameters of targets that aren't there. */
  private static final List<String> UNSUPPORTED =
      List.of("EcsParameters", "KinesisParameters", "SageMakerPipelineParameters");

  private SettingsMembers() {}

  static ScheduleSettings read(JsonNode input) {
    JsonNode window = input.path("FlexibleTimeWindow");
    boolean flexible = window.path("Mode").asText().equals("FLEXIBLE");
    JsonNode minutes = window.path("MaximumWindowInMinutes");
    if (flexible != minutes.isNumber()) {
      throw invalid(
          flexible
              ? "MaximumWindowInMinutes is required where the mode of FlexibleTimeWindow is"
                  + " FLEXIBLE."
              : "MaximumWindowInMinutes is allowed only where the mode of FlexibleTimeWindow is"
                  + " FLEXIBLE.");
    }
    return new ScheduleSettings(
        input.path("ScheduleExpression").asText(),
        input.path("ScheduleExpressionTimezone").asText("UTC"),
        text(input, "Description"),
        millis(input.path("StartDate")),
        millis(input.path("EndDate")),
        minutes.asInt(0),
        !input.path("State").asText().equals("DISABLED"),
        input.path("ActionAfterCompletion").asText().equals("DELETE"),
        text(input, "KmsKeyArn"),
        target(input.path("Target")));
  }

  private static ScheduleTarget target(JsonNode target) {
    for (String parameters : UNSUPPORTED) {
      if (target.hasNonNull(parameters)) {
        throw invalid("Target." + parameters + " is not supported here.");
      }
    }
    JsonNode retry = target.path("RetryPolicy");
    JsonNode bus = target.path("EventBridgeParameters");
    return new ScheduleTarget(
        target.path("Arn").asText(),
        target.path("RoleArn").asText(),
        text(target, "Input"),
        text(target.path("DeadLetterConfig"), "Arn"),
        retry.path("MaximumRetryAttempts").asInt(RETRIES),
        retry.path("MaximumEventAgeInSeconds").asInt(AGE_SECONDS),
        text(target.path("SqsParameters"), "MessageGroupId"),
        text(bus, "DetailType"),
        text(bus, "Source"));
  }

  static ObjectNode write(ScheduleSettings settings) {
    ObjectNode output =
        Json.object()
            .put("ActionAfterCompletion", settings.deletedAfterwards() ? "DELETE" : "NONE")
            .put("ScheduleExpression", settings.expression())
            .put("ScheduleExpressionTimezone", settings.timezone())
            .put("State", settings.enabled() ? "ENABLED" : "DISABLED");
    put(output, "Description", settings.description());
    put(output, "KmsKeyArn", settings.kmsKeyArn());
    if (settings.startMillis() != null) {
      output.put("StartDate", seconds(settings.startMillis()));
    }
    if (settings.endMillis() != null) {
      output.put("EndDate", seconds(settings.endMillis()));
    }
    ObjectNode window = output.putObject("FlexibleTimeWindow");
    if (settings.windowMinutes() > 0) {
      window.put("MaximumWindowInMinutes", settings.windowMinutes());
    }
    window.put("Mode", settings.windowMinutes() > 0 ? "FLEXIBLE" : "OFF");
    output.set("Target", write(settings.target()));
    return output;
  }

  private static ObjectNode write(ScheduleTarget target) {
    ObjectNode output = Json.object().put("Arn", target.arn()).put("RoleArn", target.roleArn());
    put(output, "Input", target.input());
    if (target.deadLetterArn() != null) {
      output.putObject("DeadLetterConfig").put("Arn", target.deadLetterArn());
    }
    output
        .putObject("RetryPolicy")
        .put("MaximumEventAgeInSeconds", target.maximumEventAgeInSeconds())
        .put("MaximumRetryAttempts", target.maximumRetryAttempts());
    if (target.messageGroup() != null) {
      output.putObject("SqsParameters").put("MessageGroupId", target.messageGroup());
    }
    if (target.detailType() != null) {
      output
          .putObject("EventBridgeParameters")
          .put("DetailType", target.detailType())
          .put("Source", target.source());
    }
    return output;
  }

  /** Epoch seconds, as calls have them. */
  static BigDecimal seconds(long millis) {
    return BigDecimal.valueOf(millis, 3);
  }

  static @Nullable String text(JsonNode input, String member) {
    return input.path(member).isTextual() ? input.path(member).asText() : null;
  }

  private static @Nullable Long millis(JsonNode seconds) {
    return seconds.isNumber() ? (Long) seconds.decimalValue().movePointRight(3).longValue() : null;
  }

  private static void put(ObjectNode output, String member, @Nullable String text) {
    if (text != null) {
      output.put(member, text);
    }
  }

  static ServiceError invalid(String message) {
    return new ServiceError("ValidationException", message);
  }
}
