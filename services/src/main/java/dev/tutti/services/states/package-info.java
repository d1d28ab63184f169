/** Step Functions' API: calls become commands and reads of {@code core.workflow}. */
@NullMarked
package dev.tutti.services.states;

import org.jspecify.annotations.NullMarked;
