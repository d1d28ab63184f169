/** Keys that this runtime keeps, and what is sealed with them. */
@NullMarked
package dev.tutti.services.secrets;

import org.jspecify.annotations.NullMarked;
