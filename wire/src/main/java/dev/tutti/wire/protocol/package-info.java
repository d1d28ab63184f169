/**
 * The AWS protocols: each turns a request into an operation and its input, and an output or error
 * into an answer.
 */
@NullMarked
package dev.tutti.wire.protocol;

import org.jspecify.annotations.NullMarked;
