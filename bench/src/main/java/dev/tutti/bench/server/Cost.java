package dev.tutti.bench.server;

/**
 * Processor time so far, in microseconds.
 *
 * @param server of the server's process
 * @param functions of the processes it started and that are alive
 * @param client of this process
 */
public record Cost(long server, long functions, long client) {
  /** What was spent since an earlier look. */
  public Cost since(Cost earlier) {
    return new Cost(
        server - earlier.server,
        Math.max(0, functions - earlier.functions),
        client - earlier.client);
  }
}
