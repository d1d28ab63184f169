package dev.tutti.services.forward;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Signs requests (AWS Signature Version 4, headers).
 *
 * @param sessionToken null for none
 */
public record Signing(String accessKey, String secret, @Nullable String sessionToken) {
  private static final String ALGORITHM = "AWS4-HMAC-SHA256";
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  /**
   * A request's headers with those that sign it.
   *
   * @param headers those to be signed beside {@code host}
   * @param scope the service's name in a credential's scope
   */
  Map<String, String> signed(
      String method,
      URI to,
      Map<String, String> headers,
      byte[] body,
      String region,
      String scope,
      Instant now) {
    String path = to.getRawPath().replace("%", "%25");
    return signed(method, to, path, headers, hex(sha256(body)), region, scope, now);
  }

  /**
   * As the other, for S3, which signs paths as they are sent, and is told the content's digest.
   *
   * @param to with the parameters of its query sorted
   * @param digest SHA-256 of the content, in hex
   */
  public Map<String, String> signedForS3(
      String method,
      URI to,
      Map<String, String> headers,
      String digest,
      String region,
      Instant now) {
    Map<String, String> all = new TreeMap<>(headers);
    all.put("x-amz-content-sha256", digest);
    return signed(method, to, to.getRawPath(), all, digest, region, "s3", now);
  }

  private Map<String, String> signed(
      String method,
      URI to,
      String path,
      Map<String, String> headers,
      String digest,
      String region,
      String scope,
      Instant now) {
    String stamp = STAMP.format(now);
    String day = stamp.substring(0, 8);
    TreeMap<String, String> signed = new TreeMap<>();
    headers.forEach((name, value) -> signed.put(name.toLowerCase(java.util.Locale.ROOT), value));
    signed.put("x-amz-date", stamp);
    if (sessionToken != null) {
      signed.put("x-amz-security-token", sessionToken);
    }
    TreeMap<String, String> all = new TreeMap<>(signed);
    all.put("host", to.getRawAuthority());
    String names = String.join(";", all.keySet());
    String canonical =
        String.join(
            "\n",
            method,
            path.isEmpty() ? "/" : path,
            to.getRawQuery() == null ? "" : to.getRawQuery(),
            all.entrySet().stream()
                .map(header -> header.getKey() + ":" + header.getValue().strip() + "\n")
                .collect(Collectors.joining()),
            names,
            digest);
    String credential = day + "/" + region + "/" + scope + "/aws4_request";
    String toSign =
        String.join(
            "\n",
            ALGORITHM,
            stamp,
            credential,
            hex(sha256(canonical.getBytes(StandardCharsets.UTF_8))));
    return authorized(signed, names, credential, toSign, new String[] {day, region, scope});
  }

  private Map<String, String> authorized(
      Map<String, String> signed, String names, String credential, String toSign, String[] scope) {
    byte[] key = ("AWS4" + secret).getBytes(StandardCharsets.UTF_8);
    for (String part : scope) {
      key = hmac(key, part);
    }
    key = hmac(key, "aws4_request");
    signed.put(
        "authorization",
        "%s Credential=%s/%s, SignedHeaders=%s, Signature=%s"
            .formatted(ALGORITHM, accessKey, credential, names, hex(hmac(key, toSign))));
    return signed;
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
