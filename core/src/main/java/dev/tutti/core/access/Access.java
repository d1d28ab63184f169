package dev.tutti.core.access;

import java.util.List;
import java.util.Map;

/**
 * What somebody wants to do to a resource, as a policy sees it.
 *
 * @param account who asks
 * @param action for example {@code events:PutRule}
 * @param resource ARN of what it is done to
 * @param keys condition keys in lower case to their values; a key that is absent has no value
 */
public record Access(
    String account, String action, String resource, Map<String, List<String>> keys) {
  /** AWS's words for an access that nothing allows. */
  String notAllowed() {
    return denied("because no resource-based policy allows the " + action + " action");
  }

  /** AWS's words for an access that a statement denies. */
  String explicitlyDenied() {
    return denied("with an explicit deny in a resource-based policy");
  }

  private String denied(String reason) {
    return "User: arn:aws:iam::%s:root is not authorized to perform: %s on resource: %s %s"
        .formatted(account, action, resource, reason);
  }
}
