package dev.tutti.core.functions;

import java.util.Map;

/**
 * A name for a version.
 *
 * @param version {@code $LATEST} or a number
 * @param weights share of the invocations, 0 to 1, that go to another version; at most one entry
 * @param revision as {@link Release#revision}
 */
public record Alias(
    String name,
    String version,
    String description,
    Map<String, Double> weights,
    String revision) {}
