package dev.tutti.services.sqs;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.json.Json;
import dev.tutti.core.queues.QueueInfo;
import java.util.Locale;
import java.util.function.Predicate;

/** What a queue's policy lets another account do. A denial outweighs. */
final class QueuePolicy {
  private QueuePolicy() {}

  static boolean allows(QueueInfo queue, String action, String account) {
    String text = queue.settings().set().get("Policy");
    if (text == null) {
      return false;
    }
    boolean allowed = false;
    for (JsonNode statement : Json.parse(text).path("Statement")) {
      if (speaksOf(statement, queue.arn(), action, account)) {
        if (statement.path("Effect").asText().equals("Deny")) {
          return false;
        }
        allowed = true;
      }
    }
    return allowed;
  }

  /** A condition that a direct call can't meet makes a statement speak of something else. */
  private static boolean speaksOf(JsonNode statement, String arn, String action, String account) {
    JsonNode principal = statement.path("Principal");
    return any(statement.path("Action"), each -> isAction(each, action))
        && any(statement.path("Resource"), each -> each.equals("*") || each.equals(arn))
        && any(
            principal.isObject() ? principal.path("AWS") : principal, each -> isOf(each, account))
        && statement.path("Condition").isEmpty();
  }

  private static boolean isAction(String pattern, String action) {
    String lower = pattern.toLowerCase(Locale.ROOT);
    return lower.equals("*")
        || lower.equals("sqs:*")
        || lower.equals("sqs:" + action.toLowerCase(Locale.ROOT));
  }

  private static boolean isOf(String principal, String account) {
    return principal.equals("*")
        || principal.equals(account)
        || principal.startsWith("arn:aws:iam::" + account + ":")
        || principal.startsWith("arn:aws:sts::" + account + ":");
  }

  private static boolean any(JsonNode oneOrMany, Predicate<String> test) {
    if (oneOrMany.isTextual()) {
      return test.test(oneOrMany.asText());
    }
    for (JsonNode each : oneOrMany) {
      if (test.test(each.asText())) {
        return true;
      }
    }
    return false;
  }
}
