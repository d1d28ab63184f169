/**
 * One payload on its way to one target: attempts, waits, and an end that is never silent. Shared
 * ground: who owns a delivery (a rule's match, a subscription) is not known here.
 */
@NullMarked
package dev.tutti.core.delivery;

import org.jspecify.annotations.NullMarked;
