/**
 * Speaks the AWS protocols: bytes in, a {@link dev.tutti.wire.Call} out to the {@link
 * dev.tutti.wire.Door}, its answer or {@link dev.tutti.wire.ServiceError} back as bytes.
 */
@NullMarked
package dev.tutti.wire;

import org.jspecify.annotations.NullMarked;
