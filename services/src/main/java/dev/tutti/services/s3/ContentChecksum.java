package dev.tutti.services.s3;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.wire.ServiceError;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;

/** What clients say to be a content's checksum (S3 user guide, "Checking object integrity"). */
enum ContentChecksum {
  CRC32,
  CRC32C,
  CRC64NVME,
  SHA1,
  SHA256;

  /**
   * Compares a content with the checksum that came with it, if any.
   *
   * @throws ServiceError where it isn't the content's, or no checksum at all
   */
  static void check(JsonNode input, byte[] content) {
    JsonNode md5 = input.path("ContentMD5");
    if (!md5.isMissingNode()
        && !md5.asText().equals(Base64.getEncoder().encodeToString(digest("MD5", content)))) {
      throw new ServiceError(
          "BadDigest", "The Content-MD5 you specified did not match what we received.");
    }
    List<ContentChecksum> given =
        Arrays.stream(values()).filter(each -> input.has(each.member())).toList();
    if (given.size() > 1) {
      throw new ServiceError(
          "InvalidRequest",
          "Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.");
    }
    given.forEach(each -> each.compare(input.path(each.member()).asText(), content));
  }

  private String member() {
    return "Checksum" + name();
  }

  private void compare(String told, byte[] content) {
    byte[] counted = of(content);
    byte[] expected = decoded(told);
    if (expected.length != counted.length) {
      throw new ServiceError(
          "InvalidRequest",
          "Value for x-amz-checksum-%s header is invalid."
              .formatted(name().toLowerCase(Locale.ROOT)));
    }
    if (!Arrays.equals(expected, counted)) {
      throw new ServiceError(
          "BadDigest",
          "The %s you specified did not match the calculated checksum.".formatted(name()));
    }
  }

  private static byte[] decoded(String base64) {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }

  private byte[] of(byte[] content) {
    return switch (this) {
      case CRC32 -> counted(new CRC32(), content);
      case CRC32C -> counted(new CRC32C(), content);
      case CRC64NVME -> ByteBuffer.allocate(Long.BYTES).putLong(Crc64.of(content)).array();
      case SHA1 -> digest("SHA-1", content);
      case SHA256 -> digest("SHA-256", content);
    };
  }

  private static byte[] counted(Checksum sum, byte[] content) {
    sum.update(content);
    return ByteBuffer.allocate(Integer.BYTES).putInt((int) sum.getValue()).array();
  }

  private static byte[] digest(String algorithm, byte[] content) {
    try {
      return MessageDigest.getInstance(algorithm).digest(content);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has " + algorithm, e);
    }
  }
}
