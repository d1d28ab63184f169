package dev.tutti.services.sources;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import dev.tutti.core.json.MalformedJson;
import java.util.Map;

/** A queue's messages as functions get them (AWS's page "Using Lambda with Amazon SQS"). */
public final class QueueRecords {
  private QueueRecords() {}

  /** The address of a queue, which SQS reads by its last two parts. */
  public static String url(String arn) {
    String[] parts = arn.split(":", -1);
    return "https://sqs." + parts[3] + ".amazonaws.com/" + parts[4] + '/' + parts[5];
  }

  /** A message as ReceiveMessage answers it, as a record of an event. */
  static ObjectNode record(JsonNode message, String source) {
    ObjectNode json = Json.object();
    json.set("messageId", message.path("MessageId"));
    json.set("receiptHandle", message.path("ReceiptHandle"));
    json.set("body", message.path("Body"));
    json.set("attributes", message.path("Attributes"));
    ObjectNode attributes = json.putObject("messageAttributes");
    for (Map.Entry<String, JsonNode> each : message.path("MessageAttributes").properties()) {
      attributes.set(each.getKey(), attribute(each.getValue()));
    }
    json.set("md5OfBody", message.path("MD5OfBody"));
    if (message.hasNonNull("MD5OfMessageAttributes")) {
      json.set("md5OfMessageAttributes", message.path("MD5OfMessageAttributes"));
    }
    json.put("eventSource", "aws:sqs").put("eventSourceARN", source);
    json.put("awsRegion", source.split(":", -1)[3]);
    return json;
  }

  private static ObjectNode attribute(JsonNode given) {
    ObjectNode json = Json.object();
    for (String member : new String[] {"StringValue", "BinaryValue"}) {
      if (given.hasNonNull(member)) {
        json.set(Character.toLowerCase(member.charAt(0)) + member.substring(1), given.get(member));
      }
    }
    json.putArray("stringListValues");
    json.putArray("binaryListValues");
    json.set("dataType", given.path("DataType"));
    return json;
  }

  /** A record as filters see it: a body that is JSON as that. */
  public static ObjectNode filtered(ObjectNode record) {
    ObjectNode json = record.deepCopy();
    try {
      json.set("body", Json.parse(record.path("body").asText()));
    } catch (MalformedJson e) {
      return json;
    }
    return json;
  }
}
