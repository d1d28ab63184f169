/** Resource policies: who, besides its owner, may do what to a thing. */
@NullMarked
package dev.tutti.core.access;

import org.jspecify.annotations.NullMarked;
