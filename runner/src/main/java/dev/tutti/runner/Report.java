package dev.tutti.runner;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What an invocation took.
 *
 * @param duration from handing it over to its answer
 * @param billed duration and initialisation, up to the next full millisecond
 * @param init how long the process took until it asked for work; null where it was warm
 * @param maxMemoryMegabytes the most memory that the process ever had resident; 0 if unknown
 * @param logTail the last 4 KiB of the invocation's log, UTF-8, as for LogType=Tail; empty where
 *     the invocation didn't want it and the function answered
 * @param logStream name of the process' log stream
 */
@SuppressWarnings("ArrayRecordComponent") // bytes that pass through; nobody compares reports
public record Report(
    Duration duration,
    Duration billed,
    @Nullable Duration init,
    long maxMemoryMegabytes,
    byte[] logTail,
    String logStream) {}
