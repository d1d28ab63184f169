package dev.tutti.services.parked;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * Which parked deliveries are meant; what is null is not asked for.
 *
 * @param rule ARN of a rule or subscription, or the last part of one
 * @param target the target's ARN or address, or the last part of an ARN
 * @param cause the last error's name, or the reason: {@code REFUSED}, {@code ATTEMPTS_USED}, {@code
 *     TOO_OLD}
 * @param group id of a {@link Group}
 * @param event id of the event or message
 * @param sinceMillis parked at that time or later, epoch milliseconds
 * @param untilMillis parked before that time
 */
record Filter(
    @Nullable String rule,
    @Nullable String target,
    @Nullable String cause,
    @Nullable String group,
    @Nullable String event,
    @Nullable Long sinceMillis,
    @Nullable Long untilMillis) {

  /** Reads the members {@code Rule, Target, Cause, Group, EventId, Since, Until}. */
  static Filter of(JsonNode input) {
    return new Filter(
        text(input, "Rule"),
        text(input, "Target"),
        text(input, "Cause"),
        text(input, "Group"),
        text(input, "EventId"),
        millis(input, "Since"),
        millis(input, "Until"));
  }

  private static @Nullable String text(JsonNode input, String member) {
    String text = input.path(member).asText("");
    return text.isEmpty() ? null : text;
  }

  private static @Nullable Long millis(JsonNode input, String member) {
    return input.path(member).isNumber() ? (Long) input.path(member).longValue() : null;
  }

  /** Whether a row of {@link dev.tutti.core.delivery.Deliveries#PARKED} is meant. */
  boolean admits(JsonNode row) {
    long parked = row.path("parkedMillis").longValue();
    return names(rule, row.path("source").asText())
        && names(target, row.path("target").asText())
        && (cause == null
            || cause.equals(row.path("error").asText())
            || cause.equals(row.path("reason").asText()))
        && (group == null || group.equals(Group.of(row).id()))
        && (event == null || event.equals(row.path("event").asText()))
        && (sinceMillis == null || parked >= sinceMillis)
        && (untilMillis == null || parked < untilMillis);
  }

  private static boolean names(@Nullable String wanted, String arn) {
    return wanted == null
        || arn.equals(wanted)
        || arn.endsWith("/" + wanted)
        || arn.endsWith(":" + wanted);
  }
}
