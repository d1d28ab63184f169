package dev.tutti.services.sqs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import dev.tutti.core.json.MalformedJson;
import dev.tutti.core.queues.QueueInfo;
import dev.tutti.wire.ServiceError;
import java.util.Set;

/** A queue's {@code RedriveAllowPolicy}: which queues may have it as their dead-letter queue. */
final class RedriveAllowance {
  private static final String NAME = "RedriveAllowPolicy";
  private static final String PERMISSION = "redrivePermission";
  private static final String SOURCES = "sourceQueueArns";
  private static final Set<String> MEMBERS = Set.of(PERMISSION, SOURCES);
  private static final int MAX_SOURCES = 10;

  private RedriveAllowance() {}

  /** The policy as it is kept, checked. */
  static String read(String value) {
    ObjectNode policy = parse(value);
    String permission = policy.path(PERMISSION).asText();
    JsonNode sources = policy.path(SOURCES);
    if (!Set.of("allowAll", "denyAll", "byQueue").contains(permission)
        || policy.properties().stream().anyMatch(each -> !MEMBERS.contains(each.getKey()))
        || (policy.has(SOURCES) && !isTexts(sources))) {
      throw malformed();
    }
    if (!permission.equals("byQueue")) {
      if (policy.has(SOURCES)) {
        throw fault(
            value,
            "To specify one or more source queue ARNs, you must set redrivePermission to byQueue.");
      }
    } else if (sources.isEmpty()) {
      throw fault(
          value,
          "When you specify the byQueue permission type, you must also specify one or more"
              + " sourceQueueArns values.");
    } else if (sources.size() > MAX_SOURCES) {
      throw fault(value, "The maximum number of source queue ARNs you can specify is 10.");
    }
    return Json.write(policy);
  }

  private static ObjectNode parse(String value) {
    try {
      if (Json.parse(value) instanceof ObjectNode policy) {
        return policy;
      }
    } catch (MalformedJson e) {
      throw malformed();
    }
    throw malformed();
  }

  private static boolean isTexts(JsonNode items) {
    return items.isArray() && items.valueStream().allMatch(JsonNode::isTextual);
  }

  private static ServiceError malformed() {
    return new ServiceError(
        "InvalidAttributeValue",
        "Invalid value for the parameter RedriveAllowPolicy. Reason: Amazon SQS can't create the"
            + " redrive allow policy, as it\u2019s in an unsupported format.");
  }

  private static ServiceError fault(String value, String reason) {
    return Errors.invalid(
        NAME, value, "Amazon SQS can't create the redrive allow policy. " + reason);
  }

  /** Whether a queue lets another one have it as its dead-letter queue. */
  static boolean allows(QueueInfo deadLetters, String sourceArn) {
    String value = deadLetters.settings().value(NAME);
    if (value.isEmpty()) {
      return true;
    }
    JsonNode policy = Json.parse(value);
    return switch (policy.path(PERMISSION).asText()) {
      case "denyAll" -> false;
      case "byQueue" ->
          policy.path(SOURCES).valueStream().anyMatch(arn -> arn.asText().equals(sourceArn));
      default -> true;
    };
  }
}
