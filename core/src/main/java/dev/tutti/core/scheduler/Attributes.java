package dev.tutti.core.scheduler;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The attributes of a run that a target's input may name. */
final class Attributes {
  private static final String START = "<aws.scheduler.";

  private Attributes() {}

  /**
   * Fills them in. The attempt's number is left to the delivery, which alone knows it.
   *
   * @param scheduledMillis when it was due, epoch milliseconds; told in seconds
   */
  static String fill(String input, ScheduleArn arn, long scheduledMillis, String executionId) {
    if (!input.contains(START)) {
      return input;
    }
    return input
        .replace(START + "schedule-arn>", arn.text())
        .replace(START + "scheduled-time>", time(scheduledMillis))
        .replace(START + "execution-id>", executionId);
  }

  /** An input as its first attempt has it. */
  static String numbered(String input) {
    return input.replace(START + "attempt-number>", "1");
  }

  static String time(long millis) {
    return Instant.ofEpochMilli(millis).truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
