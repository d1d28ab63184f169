package dev.tutti.services.sqs;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.TreeMap;

/** The MD5 sums by which SQS's clients check what they sent and received. */
final class Digests {
  private static final byte TEXT = 1;
  private static final byte BINARY = 2;

  private Digests() {}

  static String of(String body) {
    return md5(body.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Of attributes: by name, each as name, type, kind of value, value; each part after its length in
   * four bytes (AWS's page "Calculating the MD5 message digest for message attributes").
   */
  static String of(JsonNode attributes) {
    TreeMap<String, JsonNode> sorted = new TreeMap<>();
    attributes.properties().forEach(each -> sorted.put(each.getKey(), each.getValue()));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    sorted.forEach((name, attribute) -> {
      write(bytes, name.getBytes(StandardCharsets.UTF_8));
      write(bytes, attribute.path("DataType").asText().getBytes(StandardCharsets.UTF_8));
      if (attribute.has("BinaryValue")) {
        bytes.write(BINARY);
        write(bytes, Base64.getDecoder().decode(attribute.path("BinaryValue").asText()));
      } else {
        bytes.write(TEXT);
        write(bytes, attribute.path("StringValue").asText().getBytes(StandardCharsets.UTF_8));
      }
    });
    return md5(bytes.toByteArray());
  }

  private static void write(ByteArrayOutputStream bytes, byte[] part) {
    bytes.writeBytes(ByteBuffer.allocate(4).putInt(part.length).array());
    bytes.writeBytes(part);
  }

  private static String md5(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has MD5", e);
    }
  }
}
