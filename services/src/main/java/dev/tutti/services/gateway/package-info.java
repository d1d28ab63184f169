/** The way to phones: pushes and text messages, handed to gateways over HTTP. */
@NullMarked
package dev.tutti.services.gateway;

import org.jspecify.annotations.NullMarked;
