/** What the machine itself can do, measured in the same run. */
@NullMarked
package dev.tutti.bench.limit;

import org.jspecify.annotations.NullMarked;
