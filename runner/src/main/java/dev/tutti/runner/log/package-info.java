/** What functions print: one bounded stream for each process, read back by request. */
@NullMarked
package dev.tutti.runner.log;

import org.jspecify.annotations.NullMarked;
