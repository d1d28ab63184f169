/**
 * Functions: what is configured, who may invoke it, and the asynchronous invocations that wait for
 * it. Code bytes live elsewhere, under their hash; a synchronous invocation leaves no fact.
 */
@NullMarked
package dev.tutti.core.functions;

import org.jspecify.annotations.NullMarked;
