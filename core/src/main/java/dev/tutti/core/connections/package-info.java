/**
 * EventBridge's connections and API destinations: where an address outside is, and how to authorize
 * there. What is secret comes here sealed and stays so: nothing in this package can open it.
 */
@NullMarked
package dev.tutti.core.connections;

import org.jspecify.annotations.NullMarked;
