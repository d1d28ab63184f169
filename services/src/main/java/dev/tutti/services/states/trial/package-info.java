/** TestState: one state of a definition, run by itself and looked into. */
@NullMarked
package dev.tutti.services.states.trial;

import org.jspecify.annotations.NullMarked;
