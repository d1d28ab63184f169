/** Starts processes so that none outlives this one, and ends them with everything they started. */
@NullMarked
package dev.tutti.runner.os;

import org.jspecify.annotations.NullMarked;
