/**
 * Event source mappings: what makes a function get a queue's messages. A mapping that is enabled
 * owes one call for as long as it is: the poller's, which the host makes again after a crash.
 */
@NullMarked
package dev.tutti.core.mappings;

import org.jspecify.annotations.NullMarked;
