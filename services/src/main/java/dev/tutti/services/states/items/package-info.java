/** Reads the items of distributed Map states, a page at a time. */
@NullMarked
package dev.tutti.services.states.items;

import org.jspecify.annotations.NullMarked;
