/** Requests to addresses outside that are authorized by an EventBridge connection. */
@NullMarked
package dev.tutti.services.connections;

import org.jspecify.annotations.NullMarked;
