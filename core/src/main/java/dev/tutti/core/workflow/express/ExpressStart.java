package dev.tutti.core.workflow.express;

import dev.tutti.core.workflow.execution.Logging;
import org.jspecify.annotations.Nullable;

/**
 * How an express execution was started.
 *
 * @param input JSON text; empty where it isn't kept
 * @param traceHeader null for none
 * @param versionArn of the version that runs; null for none
 * @param aliasArn by which it was started; null for none
 * @param logging null where nothing is logged
 */
public record ExpressStart(
    String machineArn,
    String revision,
    String roleArn,
    String input,
    @Nullable String traceHeader,
    @Nullable String versionArn,
    @Nullable String aliasArn,
    @Nullable Logging logging) {}
