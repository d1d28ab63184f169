/** EventBridge Scheduler: schedules, their groups, and the groups' tags. */
@NullMarked
package dev.tutti.services.scheduler;

import org.jspecify.annotations.NullMarked;
