/** Tasks that send a request to an address outside. */
@NullMarked
package dev.tutti.services.states.http;

import org.jspecify.annotations.NullMarked;
