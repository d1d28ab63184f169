/** Writes the results of distributed Map states. */
@NullMarked
package dev.tutti.services.states.results;

import org.jspecify.annotations.NullMarked;
