package dev.tutti.core.workflow.execution;

/**
 * What of an execution goes to a log.
 *
 * @param level how much
 * @param data whether inputs and outputs are shown
 * @param groupArn of the log group, {@code arn:aws:logs:<region>:<account>:log-group:<name>}, with
 *     or without {@code :*}
 */
public record Logging(LogLevel level, boolean data, String groupArn) {}
