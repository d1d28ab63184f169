/** A small blocking HTTP/1.1 server on the loopback interface, for one process to talk to. */
@NullMarked
package dev.tutti.runner.http;

import org.jspecify.annotations.NullMarked;
