/** The conditions of Choice states. */
@NullMarked
package dev.tutti.core.asl.choice;

import org.jspecify.annotations.NullMarked;
