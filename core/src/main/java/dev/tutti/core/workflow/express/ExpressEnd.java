package dev.tutti.core.workflow.express;

import dev.tutti.core.workflow.execution.LogEntry;
import dev.tutti.core.workflow.execution.Status;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How an express execution ended.
 *
 * @param startMillis when it began to run, epoch milliseconds
 * @param logged what its log holds of it
 */
public record ExpressEnd(
    Status status,
    long startMillis,
    long stopMillis,
    @Nullable String error,
    @Nullable String cause,
    List<LogEntry> logged) {}
