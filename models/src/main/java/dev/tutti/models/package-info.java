/**
 * Turns AWS's published API models into tables that {@code wire} reads. Runs while building: these
 * classes and AWS's models stay behind, the module's jar holds the tables only.
 */
@NullMarked
package dev.tutti.models;

import org.jspecify.annotations.NullMarked;
