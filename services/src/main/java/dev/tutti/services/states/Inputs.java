package dev.tutti.services.states;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.json.Json;
import dev.tutti.core.json.MalformedJson;
import dev.tutti.services.Exchange;
import dev.tutti.wire.ServiceError;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Members of calls that the model can't check, with the errors that AWS answers. */
final class Inputs {
  private static final Pattern ARN =
      Pattern.compile("arn:[^:]+:states:[^:]*:\\d{12}:([A-Za-z]+):(.+)", Pattern.DOTALL);

  /** What a name may not hold: white space, brackets, wildcards, control and some others. */
  private static final Pattern NOT_A_NAME =
      Pattern.compile("[\\s<>{}\\[\\]?*\"#%\\\\^|~`$&,;:/\\p{Cntrl}\\x{7F}-\\x{9F}]");

  private Inputs() {}

  /** A member's text; null where it is absent. */
  static @Nullable String text(JsonNode input, String member) {
    JsonNode value = input.get(member);
    return value == null || value.isNull() ? null : value.asText();
  }

  /** A member's text, which the model requires. */
  static String required(JsonNode input, String member) {
    String text = text(input, member);
    if (text == null) {
      throw new ServiceError(
          "ValidationException",
          "1 validation error detected: Value null at '"
              + member
              + "' failed to satisfy constraint: Member must not be null");
    }
    return text;
  }

  /**
   * The ARN of a resource of this service.
   *
   * @param type {@code stateMachine} or {@code execution}
   */
  static String arn(JsonNode input, String member, String type) {
    String arn = required(input, member);
    Matcher matcher = ARN.matcher(arn);
    if (!matcher.matches()) {
      throw new ServiceError("InvalidArn", "Invalid Arn: 'Invalid ARN prefix: " + arn + "'");
    }
    if (!matcher.group(1).equals(type)) {
      throw new ServiceError(
          "InvalidArn",
          "Invalid Arn: 'Resource type not valid in this context: " + matcher.group(1) + "'");
    }
    return arn;
  }

  /** A role's ARN. */
  static String role(String arn) {
    if (!arn.startsWith("arn:")) {
      throw new ServiceError("InvalidArn", "Invalid Arn: 'Invalid ARN prefix: " + arn + "'");
    }
    return arn;
  }

  static String name(String name) {
    if (name.isEmpty() || name.length() > 80 || NOT_A_NAME.matcher(name).find()) {
      throw new ServiceError("InvalidName", "Invalid Name: '" + name + "'");
    }
    return name;
  }

  /** The JSON in a text, or an error of the given kind: {@code <title>: '<why>'}. */
  static JsonNode json(String text, String code, String title) {
    if (text.isBlank()) {
      throw new ServiceError(code, title + ": 'Invalid execution input.'");
    }
    try {
      return Json.parse(text);
    } catch (MalformedJson e) {
      throw new ServiceError(code, title + ": '" + e.getMessage() + "'");
    }
  }

  /** The name that a start gives, or one that is made for it. */
  static String executionName(Exchange exchange) {
    String given = text(exchange.input(), "name");
    return given == null ? exchange.id("execution") : name(given);
  }

  /** The input that a start gives: JSON text. */
  static String executionInput(JsonNode input) {
    String text = input.path("input").asText("{}");
    var _ = json(text, "InvalidExecutionInput", "Invalid State Machine Execution Input");
    return text;
  }

  /** Refuses what isn't done here yet. */
  static ServiceError notYet(String what) {
    return new ServiceError("ValidationException", what + " is not supported by this runtime yet.");
  }
}
