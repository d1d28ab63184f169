package dev.tutti.core.logs;

import org.jspecify.annotations.Nullable;

/**
 * A resource policy of an account's log groups, kept for whoever asks. A rule's target in the
 * account that owns the group needs none here.
 *
 * @param document as it was put, JSON text; null where there is none
 */
public record LogPolicy(String account, String region, String name, @Nullable String document) {
  LogPolicy with(@Nullable String to) {
    return new LogPolicy(account, region, name, to);
  }
}
