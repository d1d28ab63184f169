/** The server under measure as a process: start, cost, end. */
@NullMarked
package dev.tutti.bench.server;

import org.jspecify.annotations.NullMarked;
