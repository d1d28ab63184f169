package dev.tutti.bench.report;

/**
 * A server of ours as it was before the load.
 *
 * @param workload for which it was started
 * @param readyMillis from starting the process to its first answer
 * @param restMegabytes resident memory at rest
 */
public record Started(String workload, double readyMillis, double restMegabytes) {}
