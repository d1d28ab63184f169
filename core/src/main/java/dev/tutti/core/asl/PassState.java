package dev.tutti.core.asl;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.asl.data.DataFlow;
import org.jspecify.annotations.Nullable;

/**
 * Passes its arguments on, or a fixed result instead.
 *
 * @param result what stands in the definition, taken literally; null (not JSON's null) for none
 */
public record PassState(
    String name,
    @Nullable String comment,
    DataFlow data,
    @Nullable JsonNode result,
    Transition transition)
    implements State {}
