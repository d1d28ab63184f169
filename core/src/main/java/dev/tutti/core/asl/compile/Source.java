package dev.tutti.core.asl.compile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import dev.tutti.core.json.MalformedJson;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a definition's text as JSON. */
final class Source {
  /** How much of the text a message shows, in characters. */
  private static final int SHOWN = 500;

  private static final Pattern UNKNOWN_WORD = Pattern.compile("Unrecognized token '([^']*)'");

  private Source() {}

  /** The definition's object, null (and a report) where there is none. */
  static @Nullable ObjectNode read(String json, Findings findings) {
    if (json.getBytes(StandardCharsets.UTF_8).length > Definitions.LONGEST_BYTES) {
      findings.add(
          Diagnostic.SCHEMA_VALIDATION_FAILED,
          "Definition is larger than " + Definitions.LONGEST_BYTES + " bytes",
          null);
      return null;
    }
    if (!json.isBlank()) {
      try {
        JsonNode root = Json.parse(json);
        if (root instanceof ObjectNode object) {
          return object;
        }
      } catch (MalformedJson e) {
        String location = place(json, e);
        findings.add(
            Diagnostic.INVALID_JSON_DESCRIPTION, e.getMessage() + "\n at " + location, location);
        return null;
      }
    }
    findings.add(
        Diagnostic.SCHEMA_VALIDATION_FAILED, "Definition must be a valid JSON object", null);
    return null;
  }

  /** AWS points behind a word that is not JSON, not at it. */
  private static int unknownWord(MalformedJson e) {
    Matcher word = UNKNOWN_WORD.matcher(String.valueOf(e.getMessage()));
    return word.lookingAt() ? word.group(1).length() : 0;
  }

  private static String place(String json, MalformedJson e) {
    String shown =
        json.length() <= SHOWN
            ? '"' + json + '"'
            : '"'
                + json.substring(0, SHOWN)
                + "\"[truncated "
                + (json.length() - SHOWN)
                + " chars]";
    return "[Source: (String)%s; line: %d, column: %d]"
        .formatted(shown, e.line(), e.column() + unknownWord(e));
  }
}
