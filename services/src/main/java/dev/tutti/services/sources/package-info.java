/** Queues as sources: polled for as long as a mapping, of a function or a pipe, wants it. */
@NullMarked
package dev.tutti.services.sources;

import org.jspecify.annotations.NullMarked;
