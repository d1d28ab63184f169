/**
 * Queues: messages that wait until somebody takes them, hides them while working, and removes them.
 *
 * <p>A queue is one aggregate, and each step of a message is a fact of its own, so that no commit
 * grows with the queue. What a message says is kept in a row beside the facts, not in the state: a
 * long queue stands on disk, and in memory only its order.
 */
@NullMarked
package dev.tutti.core.queues;

import org.jspecify.annotations.NullMarked;
