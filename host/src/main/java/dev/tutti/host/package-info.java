/**
 * Keeps: loads an aggregate, lets its decider decide, applies, commits, and only then replies and
 * performs. Knows no domain.
 */
@NullMarked
package dev.tutti.host;

import org.jspecify.annotations.NullMarked;
