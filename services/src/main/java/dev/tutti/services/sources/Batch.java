package dev.tutti.services.sources;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import dev.tutti.core.json.MalformedJson;
import dev.tutti.core.kernel.Outcome;
import dev.tutti.core.mappings.Mapping;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Messages that passed a mapping's filters.
 *
 * @param records as events, one for each message
 * @param messages as ReceiveMessage answered them
 */
public record Batch(
    Mapping mapping, List<ObjectNode> records, List<JsonNode> messages, Calls calls) {

  /** What is done with batches. */
  @FunctionalInterface
  public interface Consumer {
    /** Does it; returns the messages that are done with. The others are seen again. */
    List<JsonNode> consume(Batch batch);
  }

  /** Performs operations as the mapping's owner. */
  @FunctionalInterface
  public interface Calls {
    Outcome perform(String service, String operation, ObjectNode input);
  }

  /**
   * The messages that an answer doesn't name in {@code batchItemFailures}; none where it names one
   * that isn't here.
   *
   * @param answer JSON text; null where there is none
   */
  public List<JsonNode> withoutFailures(@Nullable String answer) {
    Set<String> ids = new HashSet<>();
    messages.forEach(each -> ids.add(each.path("MessageId").asText()));
    Set<String> failed = new HashSet<>();
    JsonNode read = read(answer);
    if (read == null) {
      return List.of();
    }
    for (JsonNode failure : read.path("batchItemFailures")) {
      String id = failure.path("itemIdentifier").asText();
      if (!failure.path("itemIdentifier").isTextual() || !ids.contains(id)) {
        return List.of();
      }
      failed.add(id);
    }
    return messages.stream()
        .filter(each -> !failed.contains(each.path("MessageId").asText()))
        .toList();
  }

  private static @Nullable JsonNode read(@Nullable String answer) {
    try {
      return answer == null || answer.isBlank() ? Json.object() : Json.parse(answer);
    } catch (MalformedJson _) {
      return null;
    }
  }
}
