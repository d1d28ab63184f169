package dev.tutti.core.mappings;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * What a mapping is that EventBridge Pipes made. What it polls, and where it goes, stands in its
 * {@link MappingSettings}; the parameters are in AWS's form, as they were given.
 *
 * @param roleArn kept and told
 * @param enrichment ARN of what adds to the events on their way; null for nothing
 */
public record PipeSettings(
    String name,
    @Nullable String description,
    String roleArn,
    @Nullable JsonNode sourceParameters,
    @Nullable String enrichment,
    @Nullable JsonNode enrichmentParameters,
    @Nullable JsonNode targetParameters) {}
