/**
 * The States.* functions that a payload template or a path field may call: their parser, their
 * arguments, and what each does. Limits and oddities are AWS's, as observed there.
 */
@NullMarked
package dev.tutti.core.asl.intrinsic;

import org.jspecify.annotations.NullMarked;
