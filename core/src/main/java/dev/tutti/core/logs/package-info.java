/** Log groups; what is logged into them are rows that others write in their own commits. */
@NullMarked
package dev.tutti.core.logs;

import org.jspecify.annotations.NullMarked;
