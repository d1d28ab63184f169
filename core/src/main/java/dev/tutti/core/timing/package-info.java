/**
 * When something is due: the schedule expressions of EventBridge's rules and of EventBridge
 * Scheduler, read once, and asked for the next time after another. Shared ground; no clock.
 */
@NullMarked
package dev.tutti.core.timing;

import org.jspecify.annotations.NullMarked;
