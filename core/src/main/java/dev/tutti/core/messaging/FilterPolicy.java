package dev.tutti.core.messaging;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.json.Json;
import dev.tutti.core.json.MalformedJson;
import dev.tutti.core.pattern.Patterns;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a filter policy may say (AWS's page "Filter policy constraints in Amazon SNS"). SNS reads
 * policies with the matcher of event patterns and passes on what that one says, with the place in
 * the policy as SNS writes it: without blanks.
 */
public final class FilterPolicy {
  /** Most combinations of values; a value counts once for each level it lies below the top. */
  private static final int MAX_COMBINATIONS = 150;

  private static final int MAX_KEYS = 5;
  private static final int MAX_BYTES = 256 * 1024;
  private static final String OR = "$or";
  private static final String NAME = "FilterPolicy: ";

  private static final Pattern IN_ANYTHING_BUT =
      Pattern.compile(
          "\"anything-but\":\\{\"(suffix|prefix)\":(?=(true|false|null|[{]|-?\\d[^},]*)?)");

  private FilterPolicy() {}

  /**
   * Why a text is no filter policy, in SNS's words; empty where it is one.
   *
   * @param ofBody whether it is about members of the message, which may be nested, or about its
   *     attributes, which may not
   */
  public static Optional<String> fault(String text, boolean ofBody) {
    JsonNode policy;
    try {
      policy = Json.parse(text);
    } catch (MalformedJson e) {
      return Optional.of(NAME + notJson(e));
    }
    if (!policy.isObject()) {
      return Optional.of(NAME + "Filter must be an object");
    }
    if (!ofBody && isNested(policy)) {
      return Optional.of(
          "Filter policy scope MessageAttributes does not support nested filter policy");
    }
    String compact = Json.write(policy);
    if (compact.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
      return Optional.of(NAME + "Filter policy is too large");
    }
    Optional<String> unread =
        olderThan(compact)
            .or(() -> Patterns.faultAt(compact))
            .map(fault -> NAME + placed(fault, compact));
    if (unread.isPresent()) {
      return unread;
    }
    if (keys(policy) > MAX_KEYS) {
      return Optional.of(NAME + "Filter policy can not have more than " + MAX_KEYS + " keys");
    }
    return (combinations(policy, 1) > MAX_COMBINATIONS || Patterns.fault(compact).isPresent())
        ? Optional.of(NAME + "Filter policy is too complex")
        : Optional.empty();
  }

  /** What SNS says of a text that isn't JSON. */
  public static String notJson(MalformedJson e) {
    return "failed to parse JSON. "
        + e.getMessage()
        + "\n"
        + " at [Source: REDACTED (`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION` disabled); line: "
        + e.line()
        + ", column: "
        + e.column()
        + "]";
  }

  private static String placed(Patterns.Fault fault, String compact) {
    return fault.message()
        + "\n at [Source: (String)\""
        + compact
        + "\"; line: "
        + fault.line()
        + ", column: "
        + fault.column()
        + "]";
  }

  /** What the matcher has learnt since, or says in other words; SNS keeps to an older one. */
  private static Optional<Patterns.Fault> olderThan(String compact) {
    Matcher nested = IN_ANYTHING_BUT.matcher(compact);
    while (nested.find()) {
      int value = nested.end() + 1;
      if (nested.group(1).equals("suffix")) {
        return Optional.of(
            new Patterns.Fault("Unsupported anything-but pattern: suffix", 1, value + 1));
      }
      if (nested.group(2) != null) {
        return Optional.of(
            new Patterns.Fault(
                "prefix match pattern must be a string", 1, value + nested.group(2).length()));
      }
    }
    return Optional.empty();
  }

  private static boolean isNested(JsonNode policy) {
    for (Map.Entry<String, JsonNode> each : policy.properties()) {
      boolean nested =
          (each.getKey().equals(OR) && each.getValue().isArray())
              ? anyNested(each.getValue())
              : each.getValue().isObject();
      if (nested) {
        return true;
      }
    }
    return false;
  }

  private static boolean anyNested(JsonNode alternatives) {
    for (JsonNode alternative : alternatives) {
      if (isNested(alternative)) {
        return true;
      }
    }
    return false;
  }

  private static int keys(JsonNode policy) {
    int keys = 0;
    for (Map.Entry<String, JsonNode> each : policy.properties()) {
      if (each.getValue().isObject()) {
        keys += keys(each.getValue());
      } else if (each.getKey().equals(OR)) {
        for (JsonNode alternative : each.getValue()) {
          keys += keys(alternative);
        }
      } else {
        keys++;
      }
    }
    return keys;
  }

  private static long combinations(JsonNode policy, int depth) {
    long product = 1;
    for (Map.Entry<String, JsonNode> each : policy.properties()) {
      long factor = 0;
      if (each.getValue().isObject()) {
        factor = combinations(each.getValue(), depth + 1);
      } else if (each.getKey().equals(OR)) {
        for (JsonNode alternative : each.getValue()) {
          factor += combinations(alternative, depth);
        }
      } else {
        factor = (long) each.getValue().size() * depth;
      }
      product = Math.min(product * Math.max(1, factor), Integer.MAX_VALUE);
    }
    return product;
  }
}
