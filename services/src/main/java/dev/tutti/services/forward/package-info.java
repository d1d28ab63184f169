/** Calls of other services, wherever they are: what this runtime doesn't speak itself. */
@NullMarked
package dev.tutti.services.forward;

import org.jspecify.annotations.NullMarked;
