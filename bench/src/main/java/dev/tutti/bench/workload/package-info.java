/** What is measured: a class for each workload. */
@NullMarked
package dev.tutti.bench.workload;

import org.jspecify.annotations.NullMarked;
