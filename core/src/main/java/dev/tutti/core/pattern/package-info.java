/**
 * Event patterns, texts with wildcards, and regular expressions that end, for every domain. Shared
 * ground.
 */
@NullMarked
package dev.tutti.core.pattern;

import org.jspecify.annotations.NullMarked;
