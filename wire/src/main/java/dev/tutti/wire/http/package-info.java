/** The port: HTTP in and out, and the order in which a request is looked at. */
@NullMarked
package dev.tutti.wire.http;

import org.jspecify.annotations.NullMarked;
