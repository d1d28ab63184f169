package dev.tutti.core.workflow.execution;

/**
 * One event of a log.
 *
 * @param id of the history event
 * @param message JSON text
 */
public record LogEntry(long id, long millis, String message) {}
