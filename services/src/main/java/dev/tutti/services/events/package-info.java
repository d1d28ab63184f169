/** EventBridge: buses, rules, targets, and the events put on them. */
@NullMarked
package dev.tutti.services.events;

import org.jspecify.annotations.NullMarked;
