package dev.tutti.core.messaging;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Set;

/** Whether a topic's policy lets an account do something. */
public final class TopicPolicy {
  /** What a statement may allow, by the names of the operations. */
  public static final Set<String> ACTIONS =
      Set.of(
          "GetTopicAttributes",
          "SetTopicAttributes",
          "AddPermission",
          "RemovePermission",
          "DeleteTopic",
          "Subscribe",
          "ListSubscriptionsByTopic",
          "Publish",
          "Receive");

  private TopicPolicy() {}

  /**
   * Whether an account may perform an operation on a topic. The owner always may.
   *
   * @param action the operation's name, for example {@code Publish}
   */
  public static boolean allows(Topic topic, String action, String account) {
    if (account.equals(topic.owner())) {
      return true;
    }
    boolean allowed = false;
    for (JsonNode statement : topic.policy().path("Statement")) {
      if (!speaksOf(statement, action, account)) {
        continue;
      }
      if (statement.path("Effect").asText().equals("Deny")) {
        return false;
      }
      allowed = true;
    }
    return allowed;
  }

  /** A condition that a direct call can't meet makes a statement speak of something else. */
  private static boolean speaksOf(JsonNode statement, String action, String account) {
    return anyText(statement.path("Action"), each -> isAction(each, action))
        && principal(statement.path("Principal"), account)
        && conditionHolds(statement.path("Condition"), account);
  }

  private static boolean isAction(String pattern, String action) {
    String lower = pattern.toLowerCase(Locale.ROOT);
    return lower.equals("*")
        || lower.equals("sns:*")
        || lower.equals("sns:" + action.toLowerCase(Locale.ROOT));
  }

  private static boolean principal(JsonNode principal, String account) {
    JsonNode accounts = principal.isObject() ? principal.path("AWS") : principal;
    return anyText(
        accounts,
        each ->
            each.equals("*")
                || each.equals(account)
                || each.startsWith("arn:aws:iam::" + account + ":")
                || each.startsWith("arn:aws:sts::" + account + ":"));
  }

  private static boolean conditionHolds(JsonNode condition, String account) {
    for (var operator : condition.properties()) {
      for (var key : operator.getValue().properties()) {
        boolean known =
            operator.getKey().equals("StringEquals")
                && (key.getKey().equalsIgnoreCase("aws:SourceOwner")
                    || key.getKey().equalsIgnoreCase("aws:SourceAccount")
                    || key.getKey().equalsIgnoreCase("aws:PrincipalAccount"));
        if (!known || !anyText(key.getValue(), account::equals)) {
          return false;
        }
      }
    }
    return true;
  }

  private static boolean anyText(JsonNode oneOrMany, java.util.function.Predicate<String> test) {
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
