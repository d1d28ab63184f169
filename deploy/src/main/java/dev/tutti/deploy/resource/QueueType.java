package dev.tutti.deploy.resource;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.json.Json;
import dev.tutti.deploy.template.Place;
import dev.tutti.deploy.template.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code AWS::SQS::Queue}. */
final class QueueType implements ResourceType {
  private static final List<String> ATTRIBUTES =
      List.of(
          "ContentBasedDeduplication",
          "DeduplicationScope",
          "DelaySeconds",
          "FifoThroughputLimit",
          "MaximumMessageSize",
          "MessageRetentionPeriod",
          "ReceiveMessageWaitTimeSeconds",
          "RedriveAllowPolicy",
          "RedrivePolicy",
          "SqsManagedSseEnabled",
          "VisibilityTimeout");

  @Override
  public List<Resource> read(String logicalId, Place place, Shape shape, Site site) {
    Boolean fifoFlag = shape.flag("FifoQueue");
    boolean fifo = fifoFlag != null && fifoFlag;
    String given = shape.text("QueueName");
    String name =
        given != null
            ? given
            : fifo ? site.name(logicalId, 75) + ".fifo" : site.name(logicalId, 80);
    if (fifo != name.endsWith(".fifo")) {
      shape.problem("QueueName", "the name of a FIFO queue, and no other, ends in .fifo");
    }
    Map<String, String> attributes = new LinkedHashMap<>();
    for (String attribute : ATTRIBUTES) {
      JsonNode value = shape.json(attribute);
      if (value != null) {
        attributes.put(attribute, value.isContainerNode() ? Json.write(value) : value.asText());
      }
    }
    JsonNode redrive = shape.json("RedrivePolicy");
    String deadLetters = redrive == null ? "" : redrive.path("deadLetterTargetArn").asText();
    Map<String, String> tags = Tags.read(shape, site);
    shape.done();
    String arn = site.arn("sqs", name);
    String url = url(arn);
    return List.of(
        new Resource(
            logicalId,
            QueueBody.TYPE,
            place,
            arn,
            url,
            Map.of("Arn", arn, "QueueName", name, "QueueUrl", url),
            deadLetters.isEmpty() ? Set.of() : Set.of(deadLetters),
            "",
            new QueueBody(arn, url, name, fifo, attributes, tags)));
  }

  /** The address of a queue, which SQS reads by its last two parts. */
  static String url(String arn) {
    String[] parts = arn.split(":", -1);
    return parts.length < 6
        ? arn
        : "https://sqs." + parts[3] + ".amazonaws.com/" + parts[4] + '/' + parts[5];
  }

  /** The ARN of the queue at an address. */
  static String arn(String url, Site site) {
    return site.arn("sqs", url.substring(url.lastIndexOf('/') + 1));
  }
}
