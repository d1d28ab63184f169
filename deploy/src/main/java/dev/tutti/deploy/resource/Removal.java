package dev.tutti.deploy.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import java.util.List;

/** Deletes what a stack's record names, by the record alone: its template may be gone. */
public final class Removal {
  private Removal() {}

  /** Deletes a resource; what doesn't exist any more is deleted already. */
  public static void delete(Client client, Owned owned) {
    try {
      perform(client, owned);
    } catch (Refused e) {
      if (!e.isMissing()) {
        throw e;
      }
    }
  }

  private static void perform(Client client, Owned owned) {
    JsonNode keep = owned.keep();
    for (SettingsBody.Kind kind : SettingsBody.Kind.values()) {
      if (kind.type().equals(owned.type())) {
        kind.delete(client, keep);
        return;
      }
    }
    switch (owned.type()) {
      case FunctionBody.TYPE ->
          client.call(
              "lambda",
              "DeleteFunction",
              Json.object().put("FunctionName", keep.path("name").asText()));
      case PermissionBody.TYPE ->
          permission(client, keep.path("function").asText(), keep.path("statementId").asText());
      case StateMachineBody.TYPE ->
          client.call(
              "states", "DeleteStateMachine", Json.object().put("stateMachineArn", owned.key()));
      case BusBody.TYPE ->
          client.call(
              "events", "DeleteEventBus", Json.object().put("Name", keep.path("name").asText()));
      case BusPolicyBody.TYPE ->
          client.call(
              "events",
              "RemovePermission",
              Json.object()
                  .put("EventBusName", keep.path("bus").asText())
                  .put("StatementId", keep.path("statementId").asText()));
      case RuleBody.TYPE -> rule(client, keep);
      case PipeBody.TYPE ->
          client.call("pipes", "DeletePipe", Json.object().put("Name", keep.path("Name").asText()));
      case ScheduleGroupBody.TYPE ->
          client.call(
              "scheduler",
              "DeleteScheduleGroup",
              Json.object().put("Name", keep.path("name").asText()));
      case TopicBody.TYPE ->
          client.call("sns", "DeleteTopic", Json.object().put("TopicArn", owned.key()));
      case TopicPolicyBody.TYPE ->
          keep.path("topics").forEach(topic -> TopicPolicyBody.reset(client, topic.asText()));
      case QueueBody.TYPE ->
          client.call(
              "sqs", "DeleteQueue", Json.object().put("QueueUrl", keep.path("url").asText()));
      case QueuePolicyBody.TYPE ->
          keep.path("queues").forEach(url -> QueuePolicyBody.set(client, url.asText(), ""));
      case SecretBody.TYPE ->
          client.call(
              "secretsmanager",
              "DeleteSecret",
              Json.object().put("SecretId", owned.key()).put("ForceDeleteWithoutRecovery", true));
      case SecretPolicyBody.TYPE ->
          client.call(
              "secretsmanager",
              "DeleteResourcePolicy",
              Json.object().put("SecretId", keep.path("secret").asText()));
      case MappingBody.TYPE ->
          client.call(
              "lambda", "DeleteEventSourceMapping", Json.object().put("UUID", owned.physicalId()));
      case SubscriptionBody.TYPE -> {
        if (!owned.physicalId().isEmpty()) {
          client.call(
              "sns", "Unsubscribe", Json.object().put("SubscriptionArn", owned.physicalId()));
        }
      }
      default -> {
        if (!NoEffect.TYPES.contains(owned.type())) {
          throw new IllegalStateException("no record can hold a " + owned.type());
        }
      }
    }
  }

  private static void rule(Client client, JsonNode keep) {
    String name = keep.path("name").asText();
    String bus = keep.path("bus").asText();
    try {
      targets(client, name, bus, keep.path("targets").valueStream().map(JsonNode::asText).toList());
    } catch (Refused e) {
      if (!e.isMissing()) {
        throw e;
      }
    }
    client.call("events", "DeleteRule", Json.object().put("Name", name).put("EventBusName", bus));
  }

  /** Takes targets off a rule; none is fine. */
  static void targets(Client client, String rule, String bus, List<String> ids) {
    if (ids.isEmpty()) {
      return;
    }
    ObjectNode input = Json.object().put("Rule", rule).put("EventBusName", bus);
    ids.forEach(input.putArray("Ids")::add);
    failOnEntries("events:RemoveTargets", client.call("events", "RemoveTargets", input));
  }

  static void permission(Client client, String function, String statementId) {
    client.call(
        "lambda",
        "RemovePermission",
        Json.object().put("FunctionName", function).put("StatementId", statementId));
  }

  /** An answer of success may still name entries that failed. */
  static void failOnEntries(String operation, JsonNode answer) {
    if (answer.path("FailedEntryCount").asInt(0) > 0) {
      JsonNode first = answer.path("FailedEntries").path(0);
      throw new Refused(
          operation,
          first.path("ErrorCode").asText("InternalException"),
          first.path("ErrorMessage").asText("an entry failed"));
    }
  }
}
