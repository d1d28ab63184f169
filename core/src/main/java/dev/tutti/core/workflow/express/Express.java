package dev.tutti.core.workflow.express;

import org.jspecify.annotations.Nullable;

/**
 * An express execution as far as it is recorded.
 *
 * @param start null where there is no such execution
 * @param startMillis when it was accepted, epoch milliseconds
 * @param running whether it has to be run
 */
public record Express(
    String arn, @Nullable ExpressStart start, long startMillis, boolean running) {}
