package dev.tutti.deploy.resource;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.json.Json;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;

/** Stable digests: of names, of what a resource is made of, of code. */
public final class Hashes {
  private Hashes() {}

  /** A fingerprint of a value; the order of members counts. */
  static String of(JsonNode value) {
    return HexFormat.of().formatHex(sha256(Json.bytes(value)), 0, 16);
  }

  /** Digits and capital letters. */
  static String base36(String text, int length) {
    String digits =
        new BigInteger(1, sha256(text.getBytes(StandardCharsets.UTF_8)))
            .toString(36)
            .toUpperCase(Locale.ROOT);
    return "0".repeat(Math.max(0, length - digits.length())).concat(digits).substring(0, length);
  }

  /** An account number made of a name: twelve digits, the first not zero. */
  public static String account(String name) {
    BigInteger span = BigInteger.valueOf(900_000_000_000L);
    return new BigInteger(1, sha256(name.getBytes(StandardCharsets.UTF_8)))
        .mod(span)
        .add(BigInteger.valueOf(100_000_000_000L))
        .toString();
  }

  /** As Lambda's {@code CodeSha256}. */
  static String codeSha256(byte[] code) {
    return Base64.getEncoder().encodeToString(sha256(code));
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
