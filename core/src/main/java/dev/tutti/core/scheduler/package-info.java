/**
 * EventBridge Scheduler: schedules in groups, each of which brings a request to a target when it is
 * due. Getting it there is {@code core.delivery}'s work.
 */
@NullMarked
package dev.tutti.core.scheduler;

import org.jspecify.annotations.NullMarked;
