package dev.tutti.services.sqs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import dev.tutti.core.json.MalformedJson;
import dev.tutti.core.queues.QueueCatalogue;
import dev.tutti.core.queues.QueueInfo;
import dev.tutti.wire.ServiceError;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the attributes of CreateQueue and SetQueueAttributes, and checks them. */
final class Attributes {
  private static final Set<String> FIFO_ONLY =
      Set.of("ContentBasedDeduplication", "DeduplicationScope", "FifoThroughputLimit");
  private static final int MAX_RECEIVES = 1000;

  private final QueueCatalogue catalogue;

  Attributes(QueueCatalogue catalogue) {
    this.catalogue = catalogue;
  }

  /**
   * The attributes as they are kept; an empty value takes one back.
   *
   * @param arn of the queue
   * @param queue as it is; null where it is being created
   */
  Map<String, String> read(JsonNode given, String arn, @Nullable QueueInfo queue) {
    boolean fifo =
        queue == null
            ? given.path("FifoQueue").asText().equalsIgnoreCase("true")
            : queue.settings().fifo();
    Map<String, String> kept = new LinkedHashMap<>();
    for (var each : given.properties()) {
      String name = each.getKey();
      kept.put(name, value(name, each.getValue().asText(), fifo, arn, queue));
    }
    return kept;
  }

  private String value(
      String name, String value, boolean fifo, String arn, @Nullable QueueInfo queue) {
    if (!fifo && FIFO_ONLY.contains(name)) {
      throw name.equals("ContentBasedDeduplication")
          ? Errors.unknownAttribute(name)
          : new ServiceError(
              "InvalidAttributeName",
              "You can specify the " + name + " only when FifoQueue is set to true.");
    }
    return switch (name) {
      case "DelaySeconds" -> number(name, value, 0, 900);
      case "MaximumMessageSize" -> number(name, value, 1024, 1048576);
      case "MessageRetentionPeriod" -> number(name, value, 60, 1209600);
      case "ReceiveMessageWaitTimeSeconds" -> number(name, value, 0, 20);
      case "VisibilityTimeout" -> number(name, value, 0, 43200);
      case "KmsDataKeyReusePeriodSeconds" -> number(name, value, 60, 86400);
      case "KmsMasterKeyId" -> value;
      case "SqsManagedSseEnabled", "ContentBasedDeduplication" -> flag(name, value);
      case "DeduplicationScope" -> oneOf(name, value, Set.of("messageGroup", "queue"));
      case "FifoThroughputLimit" -> oneOf(name, value, Set.of("perMessageGroupId", "perQueue"));
      case "FifoQueue" -> fifoQueue(value, fifo, queue);
      case "Policy" -> value.isEmpty() ? value : Json.write(object(name, value));
      case "RedrivePolicy" -> value.isEmpty() ? value : redrive(value, arn);
      case "RedriveAllowPolicy" -> value.isEmpty() ? value : RedriveAllowance.read(value);
      default -> throw Errors.unknownAttribute(name);
    };
  }

  private static String number(String name, String value, int least, int most) {
    try {
      int number = Integer.parseInt(value);
      if (number >= least && number <= most) {
        return Integer.toString(number);
      }
      throw Errors.invalidAttribute(name);
    } catch (NumberFormatException e) {
      throw Errors.invalidAttribute(name);
    }
  }

  private static String flag(String name, String value) {
    return oneOf(name, value.toLowerCase(Locale.ROOT), Set.of("true", "false"));
  }

  private static String oneOf(String name, String value, Set<String> values) {
    if (!values.contains(value)) {
      throw Errors.invalidAttribute(name);
    }
    return value;
  }

  private static String fifoQueue(String value, boolean fifo, @Nullable QueueInfo queue) {
    if (!fifo) {
      throw Errors.unknownAttribute("FifoQueue");
    }
    if (queue != null && !value.equalsIgnoreCase("true")) {
      throw new ServiceError(
          "InvalidAttributeValue",
          "Invalid value for the parameter FifoQueue. Reason: Modifying queue type is not"
              + " supported.");
    }
    return flag("FifoQueue", value);
  }

  private static ObjectNode object(String name, String value) {
    try {
      if (Json.parse(value) instanceof ObjectNode object) {
        return object;
      }
    } catch (MalformedJson e) {
      throw Errors.invalidAttribute(name);
    }
    throw Errors.invalidAttribute(name);
  }

  private String redrive(String value, String arn) {
    ObjectNode policy;
    try {
      policy = object("RedrivePolicy", value);
    } catch (ServiceError e) {
      throw redriveFault(value, "Redrive policy is not a valid JSON map.");
    }
    JsonNode target = policy.path("deadLetterTargetArn");
    JsonNode most = policy.path("maxReceiveCount");
    if (!target.isTextual()) {
      throw redriveFault(
          value, "Redrive policy does not contain mandatory attribute: deadLetterTargetArn.");
    }
    if (most.isMissingNode()) {
      throw redriveFault(
          value, "Redrive policy does not contain mandatory attribute: maxReceiveCount.");
    }
    if (!most.asText().matches("[0-9]{1,4}") || most.asInt() < 1 || most.asInt() > MAX_RECEIVES) {
      throw redriveFault(
          value,
          "Invalid value for maxReceiveCount: "
              + most.asText()
              + ", valid values are from 1 to 1000 both inclusive.");
    }
    QueueInfo there = catalogue.queue(target.asText());
    if (there == null) {
      throw redriveFault(value, "Dead letter target does not exist.");
    }
    if (!there.arn().split(":", -1)[3].equals(arn.split(":", -1)[3])
        || !there.owner().equals(arn.split(":", -1)[4])) {
      throw redriveFault(
          value, "Dead-letter target owner should be same as the source, in the same region.");
    }
    if (there.settings().fifo() != arn.endsWith(".fifo")) {
      throw redriveFault(value, "Dead-letter queue must be same type of queue as the source.");
    }
    if (!RedriveAllowance.allows(there, arn)) {
      throw redriveFault(
          value, "The dead-letter target's RedriveAllowPolicy does not allow this source queue.");
    }
    return Json.write(policy);
  }

  private static ServiceError redriveFault(String value, String reason) {
    return Errors.invalid("RedrivePolicy", value, reason);
  }
}
