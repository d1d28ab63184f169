/** From a definition's JSON text to compiled types, or to every reason why not. */
@NullMarked
package dev.tutti.core.asl.compile;

import org.jspecify.annotations.NullMarked;
