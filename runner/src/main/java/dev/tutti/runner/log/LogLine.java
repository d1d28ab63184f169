package dev.tutti.runner.log;

import java.time.Instant;

/**
 * One line that a function printed, or one that the runner wrote about it (START, END, REPORT).
 *
 * @param time when the line was complete, to the millisecond
 * @param message without its line end; a line over 64 KiB comes in parts
 */
public record LogLine(Instant time, String message) {}
