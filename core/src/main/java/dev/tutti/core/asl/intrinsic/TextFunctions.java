package dev.tutti.core.asl.intrinsic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.tutti.core.json.Json;
import dev.tutti.core.json.MalformedJson;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Set;
import java.util.StringTokenizer;

/** Functions on texts. */
final class TextFunctions {
  private static final Set<String> ALGORITHMS =
      Set.of("MD5", "SHA-1", "SHA-256", "SHA-384", "SHA-512");

  private TextFunctions() {}

  /** A blank text gives null. */
  static JsonNode stringToJson(Arguments arguments) {
    String text = arguments.text(0);
    try {
      return text.isBlank() ? NullNode.getInstance() : Json.parse(text);
    } catch (MalformedJson e) {
      throw arguments.invalid();
    }
  }

  static JsonNode jsonToString(Arguments arguments) {
    return TextNode.valueOf(Json.write(arguments.at(0)));
  }

  static JsonNode base64Encode(Arguments arguments) {
    byte[] bytes = arguments.shortText(0).getBytes(StandardCharsets.UTF_8);
    return TextNode.valueOf(Base64.getEncoder().encodeToString(bytes));
  }

  /** AWS passes over characters that are not Base64, and stops at the first padding. */
  static JsonNode base64Decode(Arguments arguments) {
    var digits = new StringBuilder();
    for (char c : arguments.shortText(0).toCharArray()) {
      if (c == '=') {
        break;
      }
      if (c == '-' || c == '+') {
        digits.append('+');
      } else if (c == '_' || c == '/') {
        digits.append('/');
      } else if (c < 128 && Character.isLetterOrDigit(c)) {
        digits.append(c);
      }
    }
    if (digits.length() % 4 == 1) {
      digits.setLength(digits.length() - 1);
    }
    byte[] bytes = Base64.getDecoder().decode(digits.toString());
    return TextNode.valueOf(new String(bytes, StandardCharsets.UTF_8));
  }

  /** AWS also hashes numbers and booleans, as their texts. */
  static JsonNode hash(Arguments arguments) {
    JsonNode data = arguments.at(0);
    String text = data.isNumber() || data.isBoolean() ? data.toString() : arguments.shortText(0);
    String algorithm = arguments.text(1);
    if (!ALGORITHMS.contains(algorithm)) {
      throw arguments.invalid();
    }
    try {
      byte[] digest =
          MessageDigest.getInstance(algorithm).digest(text.getBytes(StandardCharsets.UTF_8));
      return TextNode.valueOf(HexFormat.of().formatHex(digest));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has " + algorithm, e);
    }
  }

  /** Each character of the second text separates; empty parts are dropped. */
  static JsonNode split(Arguments arguments) {
    ArrayNode parts = Json.array();
    var tokens = new StringTokenizer(arguments.text(0), arguments.text(1));
    while (tokens.hasMoreTokens()) {
      parts.add(tokens.nextToken());
    }
    return parts;
  }
}
