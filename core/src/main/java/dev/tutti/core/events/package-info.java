/**
 * Buses with their rules and targets, and the events that they accept.
 *
 * <p>A bus decides who may subscribe; an event decides once, when it is accepted, which targets it
 * goes to. Getting it there is {@code core.delivery}'s work.
 */
@NullMarked
package dev.tutti.core.events;

import org.jspecify.annotations.NullMarked;
