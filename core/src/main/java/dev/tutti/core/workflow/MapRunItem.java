package dev.tutti.core.workflow;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What one child of a map run is to do.
 *
 * @param items how many there are in its input
 */
public record MapRunItem(JsonNode input, int items) {}
