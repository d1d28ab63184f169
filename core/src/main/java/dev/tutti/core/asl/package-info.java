/**
 * The Amazon States Language as sealed types: what a definition says, compiled once, with nothing
 * left to interpret. {@code compile} makes these types, {@code data}, {@code choice} and {@code
 * intrinsic} evaluate what hangs on them. Everything here is immutable and pure.
 */
@NullMarked
package dev.tutti.core.asl;

import org.jspecify.annotations.NullMarked;
