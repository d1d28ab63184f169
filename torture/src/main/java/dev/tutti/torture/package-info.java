/** A runtime as a black box, under load, while it is killed and its disk fails. */
@NullMarked
package dev.tutti.torture;

import org.jspecify.annotations.NullMarked;
