package dev.tutti.core.queues;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * What a message says.
 *
 * @param attributes the {@code MessageAttributes} as given, by name; an object
 * @param traceHeader the system attribute {@code AWSTraceHeader}
 * @param sender account that sent it
 * @param cause trace header of what led to it, for who reads it from within; null for none
 */
public record Content(
    String body,
    JsonNode attributes,
    @Nullable String traceHeader,
    String sender,
    @Nullable String cause) {}
