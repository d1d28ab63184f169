package dev.tutti.core.queues;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.json.Json;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A queue's attributes: what was set, and SQS's defaults under it.
 *
 * @param set by name; immutable by convention, each change makes a new map
 */
public record QueueSettings(SortedMap<String, String> set) {
  private static final Map<String, String> DEFAULTS =
      Map.of(
          "DelaySeconds", "0",
          "MaximumMessageSize", "1048576",
          "MessageRetentionPeriod", "345600",
          "ReceiveMessageWaitTimeSeconds", "0",
          "SqsManagedSseEnabled", "true",
          "VisibilityTimeout", "30");

  private static final Map<String, String> FIFO_DEFAULTS =
      Map.of(
          "ContentBasedDeduplication", "false",
          "DeduplicationScope", "queue",
          "FifoThroughputLimit", "perQueue");

  static QueueSettings none() {
    return new QueueSettings(new TreeMap<>());
  }

  /** These with others over them; an empty value takes one back. */
  QueueSettings with(Map<String, String> changes) {
    TreeMap<String, String> all = new TreeMap<>(set);
    changes.forEach((name, value) -> {
      if (value.isEmpty()) {
        all.remove(name);
      } else {
        all.put(name, value);
      }
    });
    if (!changes.getOrDefault("KmsMasterKeyId", "").isEmpty()) {
      all.put("SqsManagedSseEnabled", "false");
    }
    return new QueueSettings(all);
  }

  /** What SQS tells of them. */
  public SortedMap<String, String> all() {
    TreeMap<String, String> all = new TreeMap<>(DEFAULTS);
    if (fifo()) {
      all.putAll(FIFO_DEFAULTS);
    }
    all.putAll(set);
    if (!set.containsKey("KmsMasterKeyId")) {
      all.remove("KmsDataKeyReusePeriodSeconds");
    }
    return all;
  }

  /** A value, or its default; empty where it has none. */
  public String value(String name) {
    String value = set.get(name);
    if (value == null) {
      value = DEFAULTS.get(name);
    }
    return value == null ? FIFO_DEFAULTS.getOrDefault(name, "") : value;
  }

  /** A value in whole seconds or bytes. */
  public int number(String name) {
    return Integer.parseInt(value(name));
  }

  public boolean fifo() {
    return "true".equals(set.get("FifoQueue"));
  }

  /** Where messages go that are received too often; null where they stay. */
  public @Nullable Redrive redrive() {
    String policy = set.get("RedrivePolicy");
    if (policy == null) {
      return null;
    }
    JsonNode json = Json.parse(policy);
    return new Redrive(
        json.path("deadLetterTargetArn").asText(), json.path("maxReceiveCount").asInt());
  }

  /**
   * A redrive policy.
   *
   * @param target ARN of the dead-letter queue
   * @param maxReceives how often a message is received before it goes there
   */
  public record Redrive(String target, int maxReceives) {}
}
