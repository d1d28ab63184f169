/** Templates that EventBridge fills from events: shared by rules and pipes. */
@NullMarked
package dev.tutti.core.template;

import org.jspecify.annotations.NullMarked;
