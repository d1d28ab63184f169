/**
 * Topics and what is published to them: a notice is matched with a topic's subscriptions once, when
 * it is accepted, and becomes one delivery for each.
 */
@NullMarked
package dev.tutti.core.messaging;

import org.jspecify.annotations.NullMarked;
