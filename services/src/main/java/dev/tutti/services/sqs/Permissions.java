package dev.tutti.services.sqs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import dev.tutti.core.queues.QueueCommand;
import dev.tutti.core.queues.QueueInfo;
import dev.tutti.services.Exchange;
import dev.tutti.services.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** AddPermission and RemovePermission: statements of the queue's policy, by their labels. */
final class Permissions {
  private static final Set<String> ACTIONS =
      Set.of(
          "*",
          "SendMessage",
          "ReceiveMessage",
          "DeleteMessage",
          "ChangeMessageVisibility",
          "GetQueueAttributes",
          "GetQueueUrl",
          "ListDeadLetterSourceQueues",
          "PurgeQueue");

  private final Named named;

  Permissions(Named named) {
    this.named = named;
  }

  Map<String, Operation> operations() {
    return Map.of("AddPermission", this::add, "RemovePermission", this::remove);
  }

  private JsonNode add(Exchange exchange) {
    JsonNode input = exchange.input();
    QueueInfo queue = named.queue(exchange);
    String label = input.path("Label").asText();
    ObjectNode policy = policy(queue);
    if (statement(policy, label) != null) {
      throw Errors.invalid("Label", label, "Already exists.");
    }
    ObjectNode statement = policy.withArray("Statement").addObject();
    statement.put("Sid", label).put("Effect", "Allow");
    List<String> principals = new ArrayList<>();
    input
        .path("AWSAccountIds")
        .forEach(account -> principals.add("arn:aws:iam::" + account.asText() + ":root"));
    statement.putObject("Principal").set("AWS", oneOrMany(principals));
    List<String> actions = new ArrayList<>();
    for (JsonNode action : input.path("Actions")) {
      if (!ACTIONS.contains(action.asText())) {
        throw Errors.invalid(
            "ActionName",
            action.asText(),
            "Only the queue owner is allowed to invoke this action.");
      }
      actions.add("SQS:" + action.asText());
    }
    statement.set("Action", oneOrMany(actions));
    statement.put("Resource", queue.arn());
    return keep(exchange, queue, policy);
  }

  private JsonNode remove(Exchange exchange) {
    QueueInfo queue = named.queue(exchange);
    String label = exchange.input().path("Label").asText();
    ObjectNode policy = policy(queue);
    if (statement(policy, label) == null) {
      throw Errors.invalid("Label", label, "can't find label on existing policy.");
    }
    ArrayNode kept = Json.array();
    policy
        .path("Statement")
        .forEach(each -> {
          if (!label.equals(each.path("Sid").asText())) {
            kept.add(each);
          }
        });
    policy.set("Statement", kept);
    return keep(exchange, queue, policy);
  }

  private static JsonNode keep(Exchange exchange, QueueInfo queue, ObjectNode policy) {
    String text = policy.path("Statement").isEmpty() ? "" : Json.write(policy);
    return exchange.ask(Named.key(queue), new QueueCommand.SetAttributes(Map.of("Policy", text)));
  }

  private static ObjectNode policy(QueueInfo queue) {
    String text = queue.settings().set().get("Policy");
    if (text != null && Json.parse(text) instanceof ObjectNode policy) {
      return policy;
    }
    return Json.object().put("Version", "2012-10-17").put("Id", queue.arn() + "/SQSDefaultPolicy");
  }

  private static @Nullable JsonNode statement(ObjectNode policy, String label) {
    for (JsonNode statement : policy.path("Statement")) {
      if (label.equals(statement.path("Sid").asText())) {
        return statement;
      }
    }
    return null;
  }

  private static JsonNode oneOrMany(List<String> texts) {
    if (texts.size() == 1) {
      return Json.text(texts.getFirst());
    }
    ArrayNode array = Json.array();
    texts.forEach(array::add);
    return array;
  }
}
