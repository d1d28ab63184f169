/**
 * Data flow of states: paths, payload templates, result paths, and the scope that they are
 * evaluated in.
 */
@NullMarked
package dev.tutti.core.asl.data;

import org.jspecify.annotations.NullMarked;
