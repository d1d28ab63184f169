/** The States.* functions that a payload template or a path field may call. */
@NullMarked
package dev.tutti.core.asl.intrinsic;

import org.jspecify.annotations.NullMarked;
