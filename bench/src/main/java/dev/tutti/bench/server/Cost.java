package dev.tutti.bench.server;

/**
 * Processor time so far, in microseconds.
 *
 * @param server of the server's process
 * @param functions of the processes it started, also of those that are gone
 * @param client of this process
 * @param stolen of the machine's, that others had while it wanted to run (steal in proc(5)); where
 *     it is much, the machine was not what it is else
 * @param all of the machine's, whether used or not
 */
public record Cost(long server, long functions, long client, long stolen, long all) {
  /** What was spent since an earlier look. */
  public Cost since(Cost earlier) {
    return new Cost(
        server - earlier.server,
        Math.max(0, functions - earlier.functions),
        client - earlier.client,
        stolen - earlier.stolen,
        all - earlier.all);
  }

  /** How much of the machine's time was stolen, between 0 and 1. */
  public double stolenShare() {
    return all == 0 ? 0 : (double) stolen / all;
  }
}
