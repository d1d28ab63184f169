package dev.tutti.core.messaging;

import org.jspecify.annotations.Nullable;

/** Where a notice learns who gets it: immutable snapshots of the topics. */
@FunctionalInterface
public interface Subscriptions {
  /** A topic as it is now; null where there is none. */
  @Nullable Topic topic(String arn);
}
