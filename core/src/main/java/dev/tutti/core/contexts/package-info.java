/**
 * Bounded contexts: each is an account, with a name, keys of its own, and the stacks deployed in
 * it.
 */
@NullMarked
package dev.tutti.core.contexts;

import org.jspecify.annotations.NullMarked;
