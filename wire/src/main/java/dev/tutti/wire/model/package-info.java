/**
 * AWS's API models as a server needs them: which operations a service has, what their inputs must
 * satisfy, in AWS's words where they don't.
 */
@NullMarked
package dev.tutti.wire.model;

import org.jspecify.annotations.NullMarked;
