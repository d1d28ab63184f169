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
 * One bus with fifty targets: a rule each, to a topic with one subscriber over HTTP. An event says
 * in its detail which targets it is for, so who should hear it is known without any pattern.
 */
final class Choir {
  static final int TARGETS = 50;
  static final String ACCOUNT = "300000000003";
  static final String BUS = "choir";

  private Choir() {}

  /** The name of a target. */
  static String target(int number) {
    return "t" + number;
  }

  /** Some targets, each as likely as any other. */
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
    ObjectNode template = Json.object().put("AWSTemplateFormatVersion", "2010-09-09");
    ObjectNode resources = template.putObject("Resources");
    resource(resources, "Bus", "AWS::Events::EventBus").put("Name", BUS);
    for (int i = 0; i < TARGETS; i++) {
      target(resources, i, url);
    }
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
    ObjectNode document = policy.putObject("PolicyDocument").put("Version", "2012-10-17");
    ObjectNode statement = document.putArray("Statement").addObject().put("Effect", "Allow");
    statement.putObject("Principal").put("Service", "events.amazonaws.com");
    statement.put("Action", "sns:Publish").set("Resource", ref(topic));
    ObjectNode rule =
        resource(resources, "Rule" + number, "AWS::Events::Rule")
            .put("Name", "for-" + target(number));
    rule.set("EventBusName", ref("Bus"));
    rule.putObject("EventPattern").putObject("detail").putArray("to").add(target(number));
    rule.putArray("Targets").addObject().put("Id", "topic").set("Arn", ref(topic));
  }
}
