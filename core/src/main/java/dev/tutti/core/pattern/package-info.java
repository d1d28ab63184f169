/**
 * Event patterns, and regular expressions that end, for every domain that matches by them. Shared
 * ground.
 */
@NullMarked
package dev.tutti.core.pattern;

import org.jspecify.annotations.NullMarked;
