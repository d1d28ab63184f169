package dev.tutti.core.messaging;

import dev.tutti.core.delivery.RetryPolicy;

/**
 * A subscription that gets a notice, as it stood when the notice was accepted.
 *
 * @param owner account that subscribed
 * @param raw whether the message goes alone
 * @param contentType of an HTTP request
 * @param retry how long the delivery is tried
 */
public record Match(
    String subscriptionArn,
    String owner,
    String protocol,
    String endpoint,
    boolean raw,
    String contentType,
    RetryPolicy retry) {}
