/** JMH's benchmarks of the paths that every request takes: {@code ./tutti bench inner}. */
@NullMarked
package dev.tutti.bench.inner;

import org.jspecify.annotations.NullMarked;
