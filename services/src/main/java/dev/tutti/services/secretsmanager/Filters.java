package dev.tutti.services.secretsmanager;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The filters of lists (AWS's page "Find secrets in AWS Secrets Manager"): all have to fit, each
 * with any of its values, of which one that begins with {@code !} fits what the rest of it doesn't.
 */
final class Filters {
  private Filters() {}

  static boolean fit(JsonNode filters, Shown secret) {
    return filters
        .valueStream()
        .allMatch(filter ->
            filter
                .path("Values")
                .valueStream()
                .map(JsonNode::asText)
                .anyMatch(value -> fits(filter.path("Key").asText(), value, secret)));
  }

  private static boolean fits(String key, String value, Shown secret) {
    if (value.startsWith("!")) {
      return !fits(key, value.substring(1), secret);
    }
    return switch (key) {
      case "name" -> secret.name().startsWith(value);
      case "tag-key" -> secret.tags().keySet().stream().anyMatch(tag -> tag.startsWith(value));
      case "tag-value" -> secret.tags().values().stream().anyMatch(tag -> tag.startsWith(value));
      case "owning-service" -> secret.owner() != null && secret.owner().startsWith(value);
      case "description" -> worded(value, secret.description() == null ? "" : secret.description());
      case "all" -> worded(value, String.join(" ", texts(secret)));
      default -> false;
    };
  }

  private static List<String> texts(Shown secret) {
    List<String> texts = new ArrayList<>();
    texts.add(secret.name());
    texts.add(secret.description() == null ? "" : secret.description());
    texts.addAll(secret.tags().keySet());
    texts.addAll(secret.tags().values());
    return texts;
  }

  /** Whether each word of the value begins some word of the text, in whatever case. */
  private static boolean worded(String value, String text) {
    List<String> words = words(text);
    List<String> wanted = words(value);
    return !wanted.isEmpty()
        && wanted.stream().allMatch(want -> words.stream().anyMatch(word -> word.startsWith(want)));
  }

  private static List<String> words(String text) {
    return Arrays.stream(text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+"))
        .filter(word -> !word.isEmpty())
        .toList();
  }
}
