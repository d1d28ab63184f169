package dev.tutti.core.messaging;

import dev.tutti.core.delivery.RetryPolicy;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A subscription that gets a notice, as it stood when the notice was accepted.
 *
 * @param owner account that subscribed
 * @param raw whether the message goes alone
 * @param contentType of an HTTP request
 * @param retry how long the delivery is tried
 * @param deadLetterArn queue that gets what can't be delivered; null where there is none
 */
public record Match(
    String subscriptionArn,
    String owner,
    String protocol,
    String endpoint,
    boolean raw,
    String contentType,
    RetryPolicy retry,
    @Nullable String deadLetterArn) {

  /** The queue that gets in its place what it can't be given; only where there is one. */
  Match ofDeadLetters() {
    return new Match(
        subscriptionArn,
        owner,
        "sqs",
        Objects.requireNonNull(deadLetterArn),
        raw,
        contentType,
        RetryPolicy.managed(),
        null);
  }
}
