package dev.tutti.core.asl;

import dev.tutti.core.asl.data.DataFlow;
import dev.tutti.core.asl.data.Text;
import org.jspecify.annotations.Nullable;

/** Ends its flow with an error. Either text may be absent. */
public record FailState(
    String name,
    @Nullable String comment,
    DataFlow data,
    @Nullable Text error,
    @Nullable Text cause)
    implements State {}
