/**
 * A bus for people and services that don't speak AWS: its log as a stream that resumes where it
 * broke off, and events in and out in the form of CloudEvents 1.0.
 */
@NullMarked
package dev.tutti.services.streams;

import org.jspecify.annotations.NullMarked;
