/** Requests to addresses outside. */
@NullMarked
package dev.tutti.services.http;

import org.jspecify.annotations.NullMarked;
