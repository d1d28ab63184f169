package dev.tutti.core.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.asl.ItemReader;
import org.jspecify.annotations.Nullable;

/**
 * What a map run reads, and what an ItemSelector sees while it does.
 *
 * @param arguments of the S3 operation
 * @param maxItems -1 for all
 * @param input of the Map state
 * @param context object of the Map state
 * @param variables that the Map state sees
 */
public record MapReading(
    @Nullable JsonNode arguments,
    ItemReader.Config config,
    long maxItems,
    JsonNode input,
    JsonNode context,
    JsonNode variables) {}
