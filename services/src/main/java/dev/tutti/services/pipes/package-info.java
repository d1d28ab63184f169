/** EventBridge Pipes: from a queue through a filter and an enrichment to a target. */
@NullMarked
package dev.tutti.services.pipes;

import org.jspecify.annotations.NullMarked;
