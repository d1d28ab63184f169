package dev.tutti.core.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

/**
 * JSON text and JSON values, without loss: a number keeps the digits that it was written with, a
 * duplicate or trailing token is an error, and nesting is bounded.
 *
 * <p>Values are Jackson's {@link JsonNode}s, treated as immutable by everyone who did not make
 * them.
 */
public final class Json {
  /** Deepest nesting that is read, in levels. */
  public static final int MAX_DEPTH = 1000;

  /** Longest text of a number of 64 bits, and longer than brackets and words. */
  private static final int MAX_PRIMITIVE_LENGTH = 26;

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              com.fasterxml.jackson.core.JsonFactory.builder()
                  // A pool for all threads: a virtual one lives for one request.
                  .recyclerPool(JsonRecyclerPools.newConcurrentDequePool())
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(MAX_DEPTH)
                          .maxStringLength(64 * 1024 * 1024)
                          .build())
                  .build())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .disable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .disable(JsonParser.Feature.INCLUDE_SOURCE_IN_LOCATION)
          .build();

  private static final JsonMapper STORED =
      MAPPER.rebuild().disable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private Json() {}

  /** The mapper behind {@link #stored}, for the codec of this package. */
  static JsonMapper mapper() {
    return STORED;
  }

  /**
   * Reads one JSON value.
   *
   * @throws MalformedJson where the text is not JSON, with line and column
   */
  public static JsonNode parse(String text) {
    try {
      return present(MAPPER.readTree(text));
    } catch (JsonProcessingException e) {
      throw MalformedJson.of(e);
    }
  }

  /** As {@link #parse(String)}, from UTF-8 bytes. */
  public static JsonNode parse(byte[] utf8) {
    try {
      return present(MAPPER.readTree(utf8));
    } catch (JsonProcessingException e) {
      throw MalformedJson.of(e);
    } catch (IOException e) {
      throw new MalformedJson(String.valueOf(e.getMessage()), 0, 0, e);
    }
  }

  /**
   * As {@link #parse(String)}, where of members with the same name the last one counts.
   *
   * @throws MalformedJson where the text is not JSON, with line and column
   */
  public static JsonNode parseLastWins(String text) {
    try {
      return present(STORED.readTree(text));
    } catch (JsonProcessingException e) {
      throw MalformedJson.of(e);
    }
  }

  /**
   * Reads what this program wrote itself: members are not checked for being there twice.
   *
   * @throws IllegalStateException where it isn't JSON
   */
  public static JsonNode stored(byte[] utf8) {
    try {
      return STORED.readTree(utf8);
    } catch (IOException e) {
      throw new IllegalStateException("what was stored can't be read", e);
    }
  }

  /** As {@link #stored(byte[])}, piece by piece, where a tree of it all would be thrown away. */
  public static <T> T stored(byte[] utf8, Reading<T> reading) {
    try (JsonParser json = STORED.createParser(utf8)) {
      return reading.from(json);
    } catch (IOException e) {
      throw new IllegalStateException("what was stored can't be read", e);
    }
  }

  /** Reads a value piece by piece; the parser stands before its first token. */
  @FunctionalInterface
  public interface Reading<T> {
    T from(JsonParser json) throws IOException;
  }

  private static JsonNode present(JsonNode node) {
    if (node.isMissingNode()) {
      throw new MalformedJson("no content to read", 1, 1, null);
    }
    return node;
  }

  /** Writes a value without white space, members in their order. */
  public static String write(JsonNode value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a JSON tree could not be written", e);
    }
  }

  /** As {@link #write}, in UTF-8. */
  public static byte[] bytes(JsonNode value) {
    try {
      return MAPPER.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a JSON tree could not be written", e);
    }
  }

  /**
   * Whether a value's text is longer than so many bytes of UTF-8. What is clearly short isn't
   * written to find out.
   */
  public static boolean isLongerThan(int bytes, JsonNode value) {
    return atMost(value, bytes) < 0 && bytes(value).length > bytes;
  }

  /**
   * What is left of a room after a value at its longest, each character escaped; negative where it
   * may not have room.
   */
  private static long atMost(JsonNode value, long room) {
    long left =
        switch (value.getNodeType()) {
          case STRING -> room - 2 - 6L * value.textValue().length();
          case NUMBER ->
              value.isBigDecimal() || value.isBigInteger()
                  ? room - value.asText().length()
                  : room - MAX_PRIMITIVE_LENGTH;
          default -> room - MAX_PRIMITIVE_LENGTH;
        };
    for (var members = value.properties().iterator(); left >= 0 && members.hasNext(); ) {
      var member = members.next();
      left = atMost(member.getValue(), left - 4 - 6L * member.getKey().length());
    }
    if (value.isArray()) {
      for (int i = 0; left >= 0 && i < value.size(); i++) {
        left = atMost(value.get(i), left - 1);
      }
    }
    return left;
  }

  /** What a piece of code writes, in UTF-8. */
  public static byte[] bytes(Writing writing) {
    try (var bytes = new ByteArrayBuilder();
        JsonGenerator json = MAPPER.createGenerator(bytes)) {
      writing.to(json);
      json.flush();
      return bytes.getClearAndRelease();
    } catch (IOException e) {
      throw new IllegalStateException("JSON could not be written", e);
    }
  }

  /** Writes a value piece by piece. */
  @FunctionalInterface
  public interface Writing {
    void to(JsonGenerator json) throws IOException;
  }

  /** Writes a value with two spaces of indentation, for people. */
  public static String pretty(JsonNode value) {
    return value.toPrettyString();
  }

  public static ObjectNode object() {
    return NODES.objectNode();
  }

  public static ArrayNode array() {
    return NODES.arrayNode();
  }

  public static JsonNode text(String value) {
    return NODES.textNode(value);
  }
}
