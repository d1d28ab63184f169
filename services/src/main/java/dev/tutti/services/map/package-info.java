/** The map: contexts, what each holds, and the declared edges between them, computed when asked. */
@NullMarked
package dev.tutti.services.map;

import org.jspecify.annotations.NullMarked;
