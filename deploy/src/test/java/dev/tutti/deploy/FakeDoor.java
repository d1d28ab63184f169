package dev.tutti.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import dev.tutti.wire.Call;
import dev.tutti.wire.Door;
import dev.tutti.wire.ServiceError;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Behaves enough like the services to be deployed to, and records what was asked of it. */
final class FakeDoor implements Door {
  final List<Call> calls = new ArrayList<>();

  /** What exists, by {@code kind account/name}; a rule by {@code rule account/bus/name}. */
  final Map<String, ObjectNode> things = new HashMap<>();

  /** Operations that answer an error. */
  final Map<String, ServiceError> failing = new HashMap<>();

  private int subscriptions;

  @Override
  public JsonNode call(Call call) {
    calls.add(call);
    ServiceError error = failing.get(call.operation());
    if (error != null) {
      throw error;
    }
    JsonNode in = call.input();
    String account = call.context();
    return switch (call.operation()) {
      case "GetFunctionConfiguration" -> get("function", account, in, "FunctionName");
      case "CreateFunction", "UpdateFunctionCode" -> {
        ObjectNode thing = in.deepCopy();
        String zip = in.path("ZipFile").asText(in.path("Code").path("ZipFile").asText());
        thing.put("CodeSha256", sha256(Base64.getDecoder().decode(zip)));
        thing.put(
            "FunctionArn",
            "arn:aws:lambda:us-east-1:"
                + account
                + ":function:"
                + in.path("FunctionName").asText());
        yield put("function", account, in, "FunctionName", thing);
      }
      case "DeleteFunction" -> remove("function", account, in, "FunctionName");
      case "DescribeStateMachine" -> get("machine", account, in, "stateMachineArn");
      case "CreateStateMachine" -> {
        String arn =
            "arn:aws:states:us-east-1:" + account + ":stateMachine:" + in.path("name").asText();
        things.put("machine " + account + "/" + arn, in.deepCopy());
        yield Json.object().put("stateMachineArn", arn);
      }
      case "DeleteStateMachine" -> remove("machine", account, in, "stateMachineArn");
      case "DescribeEventBus" -> get("bus", account, in, "Name");
      case "CreateEventBus" -> put("bus", account, in, "Name", in.deepCopy());
      case "DeleteEventBus" -> remove("bus", account, in, "Name");
      case "PutPermission" -> {
        ObjectNode bus = (ObjectNode) get("bus", account, in, "EventBusName");
        bus.put("Policy", in.path("Policy").asText());
        yield Json.object();
      }
      case "DescribeRule" ->
          get("rule", account + "/" + in.path("EventBusName").asText(), in, "Name");
      case "PutRule" ->
          put("rule", account + "/" + in.path("EventBusName").asText(), in, "Name", in.deepCopy());
      case "DeleteRule" ->
          remove("rule", account + "/" + in.path("EventBusName").asText(), in, "Name");
      case "DescribePipe" -> get("pipe", account, in, "Name");
      case "CreatePipe" -> put("pipe", account, in, "Name", in.deepCopy());
      case "DescribeConnection" -> get("connection", account, in, "Name");
      case "CreateConnection" -> put("connection", account, in, "Name", in.deepCopy());
      case "DescribeApiDestination" -> get("destination", account, in, "Name");
      case "CreateApiDestination" -> put("destination", account, in, "Name", in.deepCopy());
      case "GetSchedule" -> get("schedule", account, in, "Name");
      case "CreateSchedule" -> put("schedule", account, in, "Name", in.deepCopy());
      case "GetScheduleGroup" -> get("schedule group", account, in, "Name");
      case "CreateScheduleGroup" -> put("schedule group", account, in, "Name", in.deepCopy());
      case "GetTopicAttributes" -> get("topic", account, in, "TopicArn");
      case "CreateTopic" -> {
        String arn = "arn:aws:sns:us-east-1:" + account + ":" + in.path("Name").asText();
        things.put("topic " + account + "/" + arn, in.deepCopy());
        yield Json.object().put("TopicArn", arn);
      }
      case "DeleteTopic" -> remove("topic", account, in, "TopicArn");
      case "Subscribe" ->
          Json.object()
              .put("SubscriptionArn", in.path("TopicArn").asText() + ":" + ++subscriptions);
      case "DescribeSecret" -> get("secret", account, in, "SecretId");
      case "CreateSecret" -> {
        String arn =
            "arn:aws:secretsmanager:us-east-1:" + account + ":secret:" + in.path("Name").asText();
        things.put("secret " + account + "/" + arn, in.deepCopy());
        yield Json.object().put("ARN", arn + "-a1B2c3");
      }
      case "GetSecretValue" -> {
        String id = in.path("SecretId").asText();
        String start = "arn:aws:secretsmanager:us-east-1:" + account + ":secret:";
        String arn = id.startsWith(start) ? id : start + id;
        yield get("secret", account, Json.object().put("SecretId", arn), "SecretId");
      }
      case "DeleteSecret" -> remove("secret", account, in, "SecretId");
      case "GetRandomPassword" -> Json.object().put("RandomPassword", "drawn");
      case "GetPolicy" -> throw new ServiceError("ResourceNotFoundException", "no policy", 404);
      default -> Json.object();
    };
  }

  /** Operations that change something, as {@code service:operation}. */
  List<String> changes() {
    return calls.stream()
        .filter(call -> !call.operation().matches("(Get|Describe|List).*"))
        .map(call -> call.service() + ":" + call.operation())
        .toList();
  }

  /** The input of the only call of an operation. */
  JsonNode input(String operation) {
    List<Call> found = calls.stream().filter(call -> call.operation().equals(operation)).toList();
    if (found.size() != 1) {
      throw new AssertionError(operation + " was called " + found.size() + " times");
    }
    return found.getFirst().input();
  }

  private JsonNode get(String kind, String account, JsonNode in, String member) {
    ObjectNode thing = things.get(kind + " " + account + "/" + in.path(member).asText());
    if (thing == null) {
      throw new ServiceError(
          "ResourceNotFoundException", in.path(member).asText() + " does not exist", 404);
    }
    return thing;
  }

  private JsonNode put(String kind, String account, JsonNode in, String member, ObjectNode thing) {
    things.put(kind + " " + account + "/" + in.path(member).asText(), thing);
    return thing;
  }

  private JsonNode remove(String kind, String account, JsonNode in, String member) {
    get(kind, account, in, member);
    things.remove(kind + " " + account + "/" + in.path(member).asText());
    return Json.object();
  }

  private static String sha256(byte[] bytes) {
    try {
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
