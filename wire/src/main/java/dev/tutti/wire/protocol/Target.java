package dev.tutti.wire.protocol;

import dev.tutti.wire.model.Operation;
import java.util.Map;

/**
 * The operation that a request asks for.
 *
 * @param labels the values of the path's labels by name, decoded; empty where paths don't tell
 */
public record Target(Operation operation, Map<String, String> labels) {}
