package dev.tutti.torture;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * One bus with fifty targets: a rule each, to a topic with one subscriber over HTTP. Three more
 * rules lead to the message groups of a FIFO queue, and one to a state machine that answers with a
 * milestone on the same bus. An event says in its detail which targets it is for, so who should
 * hear it is known without any pattern.
 */
final class Choir {
  static final int TARGETS = 50;
  static final String ACCOUNT = "300000000003";
  static final String BUS = "choir";

  /** How many message groups the queue has. */
  static final int LINES = 3;

  /** The target that answers: with an event for those that {@code answer} in the detail names. */
  static final String SOLOIST = "soloist";

  static final String QUEUE = "lines.fifo";

  private Choir() {}

  /** The name of a target. */
  static String target(int number) {
    return "t" + number;
  }

  /** The message group of a client, and the name of the target that leads there. */
  static String line(int client) {
    return "line-" + client % LINES;
  }

  /** Says whom an event is for. */
  static void address(ObjectNode detail, List<String> targets) {
    targets.forEach(detail.putArray("to")::add);
  }

  static String queueUrl(int port) {
    return "http://127.0.0.1:" + port + "/" + ACCOUNT + "/" + QUEUE;
  }

  /** Some of the fifty, each as likely as any other. */
  static List<String> some(SplittableRandom random, int most) {
    List<String> some = new ArrayList<>();
    int count = random.nextInt(most + 1);
    for (int i = 0; i < TARGETS; i++) {
      if (random.nextInt(TARGETS) < count) {
        some.add(target(i));
      }
    }
    return some;
  }

  /** Writes the folder that is deployed. */
  static void write(Path folder, String url) {
    ObjectNode template =
        Json.object()
            .put("AWSTemplateFormatVersion", "2010-09-09")
            .put("Transform", "AWS::Serverless-2016-10-31");
    ObjectNode resources = template.putObject("Resources");
    resource(resources, "Bus", "AWS::Events::EventBus").put("Name", BUS);
    for (int i = 0; i < TARGETS; i++) {
      target(resources, i, url);
    }
    queue(resources);
    soloist(resources);
    try {
      Path context = Files.createDirectories(folder.resolve("contexts/choir"));
      Files.writeString(context.resolve("template.yaml"), Json.write(template));
      Files.writeString(
          folder.resolve("tutti.yaml"), "contexts: {choir: {account: \"" + ACCOUNT + "\"}}\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ObjectNode resource(ObjectNode resources, String name, String type) {
    return resources.putObject(name).put("Type", type).putObject("Properties");
  }

  private static ObjectNode ref(String name) {
    return Json.object().put("Ref", name);
  }

  private static void target(ObjectNode resources, int number, String url) {
    String topic = "Topic" + number;
    resource(resources, topic, "AWS::SNS::Topic").put("TopicName", target(number));
    ObjectNode subscription =
        resource(resources, "Subscriber" + number, "AWS::SNS::Subscription")
            .put("Protocol", "http")
            .put("Endpoint", url + "/" + target(number));
    subscription.set("TopicArn", ref(topic));
    subscription
        .putObject("DeliveryPolicy")
        .putObject("healthyRetryPolicy")
        .put("numRetries", 8)
        .put("minDelayTarget", 1)
        .put("maxDelayTarget", 3);
    ObjectNode policy = resource(resources, "Policy" + number, "AWS::SNS::TopicPolicy");
    policy.putArray("Topics").add(ref(topic));
    allow(policy, "sns:Publish", ref(topic));
    ObjectNode rule = rule(resources, "Rule" + number, target(number));
    rule.putArray("Targets").addObject().put("Id", "topic").set("Arn", ref(topic));
  }

  private static void allow(ObjectNode policy, String action, ObjectNode resource) {
    ObjectNode document = policy.putObject("PolicyDocument").put("Version", "2012-10-17");
    ObjectNode statement = document.putArray("Statement").addObject().put("Effect", "Allow");
    statement.putObject("Principal").put("Service", "events.amazonaws.com");
    statement.put("Action", action).set("Resource", resource);
  }

  private static ObjectNode rule(ObjectNode resources, String name, String target) {
    ObjectNode rule = resource(resources, name, "AWS::Events::Rule").put("Name", "for-" + target);
    rule.set("EventBusName", ref("Bus"));
    pattern(rule, "EventPattern", target);
    return rule;
  }

  private static void pattern(ObjectNode rule, String member, String target) {
    rule.putObject(member).putObject("detail").putArray("to").add(target);
  }

  private static ObjectNode arn(String name) {
    ObjectNode arn = Json.object();
    arn.putArray("Fn::GetAtt").add(name).add("Arn");
    return arn;
  }

  private static void queue(ObjectNode resources) {
    resource(resources, "Lines", "AWS::SQS::Queue")
        .put("QueueName", QUEUE)
        .put("FifoQueue", true)
        .put("ContentBasedDeduplication", true);
    ObjectNode policy = resource(resources, "LinesPolicy", "AWS::SQS::QueuePolicy");
    policy.putArray("Queues").add(ref("Lines"));
    allow(policy, "sqs:SendMessage", arn("Lines"));
    for (int i = 0; i < LINES; i++) {
      ObjectNode target = rule(resources, "Line" + i, line(i)).putArray("Targets").addObject();
      target.put("Id", "line").set("Arn", arn("Lines"));
      target.putObject("SqsParameters").put("MessageGroupId", line(i));
    }
  }

  private static void soloist(ObjectNode resources) {
    ObjectNode machine =
        resource(resources, "Soloist", "AWS::Serverless::StateMachine")
            .put("Name", SOLOIST)
            .put("Type", "STANDARD");
    ObjectNode definition = machine.putObject("Definition").put("StartAt", "Breathe");
    ObjectNode states = definition.putObject("States");
    states.putObject("Breathe").put("Type", "Wait").put("Seconds", 1).put("Next", "Answer");
    ObjectNode answer =
        states
            .putObject("Answer")
            .put("Type", "Task")
            .put("Resource", "arn:aws:states:::events:putEvents")
            .put("End", true);
    ObjectNode entry = answer.putObject("Parameters").putArray("Entries").addObject();
    entry.put("EventBusName", BUS).put("Source", "m.choir").put("DetailType", "answered");
    entry.putObject("Detail").put("n.$", "$.detail.n").put("to.$", "$.detail.answer");
    ObjectNode event = machine.putObject("Events").putObject("Asked");
    ObjectNode asked = event.put("Type", "EventBridgeRule").putObject("Properties");
    asked.put("RuleName", "for-" + SOLOIST).set("EventBusName", ref("Bus"));
    pattern(asked, "Pattern", SOLOIST);
  }
}
