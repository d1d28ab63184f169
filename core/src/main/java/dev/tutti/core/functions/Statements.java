package dev.tutti.core.functions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Statements of a function's policy: how one is made, and whether one lets an account invoke. */
public final class Statements {
  private Statements() {}

  /**
   * Makes a statement.
   *
   * @param principal {@code *}, an account, an ARN or a service ({@code sns.amazonaws.com})
   * @param conditions by operator, then by key, for example {@code ArnLike/AWS:SourceArn}
   * @return null where the principal is none of these
   */
  public static @Nullable JsonNode of(
      String sid,
      String principal,
      String action,
      String resource,
      Map<String, Map<String, String>> conditions) {
    JsonNode who = principal(principal);
    if (who == null) {
      return null;
    }
    ObjectNode statement = Json.object();
    statement.put("Sid", sid).put("Effect", "Allow");
    statement.set("Principal", who);
    statement.put("Action", action).put("Resource", resource);
    if (!conditions.isEmpty()) {
      ObjectNode all = statement.putObject("Condition");
      conditions.forEach((operator, keys) -> {
        ObjectNode under = all.putObject(operator);
        keys.forEach(under::put);
      });
    }
    return statement;
  }

  private static @Nullable JsonNode principal(String text) {
    if (text.equals("*")) {
      return Json.text("*");
    }
    if (text.matches("\\d{12}")) {
      return Json.object().put("AWS", "arn:aws:iam::" + text + ":root");
    }
    if (text.matches("arn:aws[a-z-]*:(iam|sts)::.+")) {
      return Json.object().put("AWS", text);
    }
    if (text.matches("([a-zA-Z0-9-]+\\.)+(amazonaws\\.com(\\.cn)?|alexa\\.com|amazon\\.com)")
        || text.equals("alexa-appkit.amazon.com")) {
      return Json.object().put("Service", text);
    }
    return null;
  }

  /**
   * Whether a statement lets an account invoke the function itself, not through a service. A
   * statement with a condition doesn't: a direct call has none of the keys that it asks for.
   */
  static boolean letsInvoke(JsonNode statement, String account) {
    String action = statement.path("Action").asText();
    if (statement.has("Condition")
        || !(action.equals("lambda:InvokeFunction")
            || action.equals("lambda:*")
            || action.equals("*"))) {
      return false;
    }
    JsonNode principal = statement.path("Principal");
    String who = principal.isTextual() ? principal.asText() : principal.path("AWS").asText();
    return who.equals("*")
        || who.equals(account)
        || who.startsWith("arn:aws:iam::" + account + ":")
        || who.startsWith("arn:aws:sts::" + account + ":");
  }

  /** Whether a function's policy lets another account invoke the release of that qualifier. */
  public static boolean letInvoke(Function function, String qualifier, String account) {
    Policy policy =
        function.attached().policies().get(qualifier.equals("$LATEST") ? "" : qualifier);
    return policy != null
        && policy.statements().stream().anyMatch(each -> letsInvoke(each, account));
  }
}
