package dev.tutti.core.asl;

import dev.tutti.core.asl.data.DataFlow;
import org.jspecify.annotations.Nullable;

/** Ends its flow well. */
public record SucceedState(String name, @Nullable String comment, DataFlow data) implements State {}
