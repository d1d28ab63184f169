package dev.tutti.core.asl;

import dev.tutti.core.asl.data.DataFlow;
import org.jspecify.annotations.Nullable;

/** Waits for a time, then passes its input on. */
public record WaitState(
    String name, @Nullable String comment, DataFlow data, Delay delay, Transition transition)
    implements State {}
