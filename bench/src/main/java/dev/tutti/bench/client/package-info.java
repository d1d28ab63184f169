/** The load: HTTP/1.1 at the least cost, because it shares the cores with what it measures. */
@NullMarked
package dev.tutti.bench.client;

import org.jspecify.annotations.NullMarked;
