package dev.tutti.core.workflow.execution;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * How an execution ended, for the execution that started it and waits.
 *
 * @param input JSON text
 */
public record Ended(
    String executionArn,
    String machineArn,
    Status status,
    long startMillis,
    long stopMillis,
    String input,
    @Nullable JsonNode output,
    @Nullable String error,
    @Nullable String cause) {}
