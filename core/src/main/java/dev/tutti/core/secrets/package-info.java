/** Secrets, as Secrets Manager keeps them: what is secret in them arrives sealed. */
@NullMarked
package dev.tutti.core.secrets;

import org.jspecify.annotations.NullMarked;
