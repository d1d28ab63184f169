/** Contexts through the door: operations of the runtime's own, which no AWS protocol routes to. */
@NullMarked
package dev.tutti.services.contexts;

import org.jspecify.annotations.NullMarked;
