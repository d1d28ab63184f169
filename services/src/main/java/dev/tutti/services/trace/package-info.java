/**
 * The trace: everything that one root cause led to, over contexts and both styles, as one tree,
 * read from the facts in the store.
 */
@NullMarked
package dev.tutti.services.trace;

import org.jspecify.annotations.NullMarked;
