package dev.tutti.core.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * How many items a child gets.
 *
 * @param items at most; 0 for no such bound
 * @param bytes of input at most
 * @param input what each child gets beside its items; null for nothing
 */
public record MapBatching(long items, long bytes, @Nullable JsonNode input) {}
