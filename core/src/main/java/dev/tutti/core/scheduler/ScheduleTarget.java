package dev.tutti.core.scheduler;

import org.jspecify.annotations.Nullable;

/**
 * What a schedule calls.
 *
 * @param roleArn kept and told; the schedule's owner is who calls the target
 * @param input text that may hold {@link Attributes context attributes}; null is the standard event
 * @param deadLetterArn of a queue; null where there is none
 * @param maximumRetryAttempts 0 to 185
 * @param maximumEventAgeInSeconds 60 to 86,400
 * @param messageGroup of messages to a FIFO queue; null elsewhere
 * @param detailType of events put on a bus; null elsewhere
 * @param source of events put on a bus; null elsewhere
 */
public record ScheduleTarget(
    String arn,
    String roleArn,
    @Nullable String input,
    @Nullable String deadLetterArn,
    int maximumRetryAttempts,
    int maximumEventAgeInSeconds,
    @Nullable String messageGroup,
    @Nullable String detailType,
    @Nullable String source) {}
