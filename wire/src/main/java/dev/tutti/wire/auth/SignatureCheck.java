package dev.tutti.wire.auth;

import dev.tutti.wire.auth.AuthRefused.Reason;
import dev.tutti.wire.message.Parameters;
import dev.tutti.wire.message.Request;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Checks AWS Signature Version 4, as a header or presigned in the query string.
 *
 * <p>In this order: is there a complete signature, is its time now, is the key known, is the
 * signature what the secret makes of the request with the content that came (never the digest that
 * a header claims). Signatures are compared in the same time wherever they differ. Source:
 * "Signature Version 4 signing process" in AWS's IAM guide.
 */
public final class SignatureCheck {
  private static final Duration SKEW = Duration.ofMinutes(5);
  private static final long MAX_EXPIRES_SECONDS = 604_800;
  private static final DateTimeFormatter BASIC =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final String MISMATCH =
      "The request signature we calculated does not match the signature you provided. Check your"
          + " AWS Secret Access Key and signing method. Consult the service documentation for"
          + " details.";

  private final Secrets secrets;
  private final InstantSource clock;

  public SignatureCheck(Secrets secrets, InstantSource clock) {
    this.secrets = secrets;
    this.clock = clock;
  }

  /** What a request says of its signature. */
  private record Claim(
      Credential credential,
      List<String> signedHeaders,
      String signature,
      String date,
      boolean presigned) {}

  /**
   * Returns where the signature is right.
   *
   * @param request as received, its content not yet unpacked
   * @throws AuthRefused where it isn't, or there is none
   */
  public void check(Request request) {
    Claim claim = claim(request);
    checkTime(claim, request);
    String secret =
        secrets
            .secretOf(claim.credential().accessKey())
            .orElseThrow(() ->
                new AuthRefused(
                    Reason.UNKNOWN_KEY, "The security token included in the request is invalid."));
    String digest = Hash.hex(Hash.sha256(request.body()));
    String canonical =
        CanonicalRequest.of(request, claim.signedHeaders(), claim.presigned(), digest);
    String expected = signature(secret, claim.credential(), claim.date(), canonical);
    if (!same(expected, claim.signature())) {
      throw new AuthRefused(Reason.MISMATCH, MISMATCH);
    }
  }

  private static Claim claim(Request request) {
    String header = request.header("Authorization");
    Parameters query = Parameters.parse(request.query());
    boolean presigned = header == null;
    if (header == null && query.first("X-Amz-Signature") == null) {
      throw new AuthRefused(Reason.MISSING, "Missing Authentication Token");
    }
    if (header != null && !header.startsWith("AWS4-HMAC-SHA256 ")) {
      throw new AuthRefused(Reason.INCOMPLETE, "Unsupported signing algorithm, or none is named.");
    }
    Credential credential =
        Credential.of(request).orElseThrow(() -> incomplete("a valid 'Credential'"));
    String signed =
        header == null
            ? query.first("X-Amz-SignedHeaders")
            : Credential.parameter(header, "SignedHeaders");
    String signature =
        header == null ? query.first("X-Amz-Signature") : Credential.parameter(header, "Signature");
    String date = header == null ? query.first("X-Amz-Date") : date(request);
    List<String> names =
        signed == null ? List.of() : List.of(signed.toLowerCase(Locale.ROOT).split(";", -1));
    if (!names.contains("host")) {
      throw incomplete("'SignedHeaders' with 'host' among them");
    }
    if (signature == null || date == null) {
      throw incomplete(signature == null ? "'Signature'" : "'X-Amz-Date' or a 'Date' header");
    }
    if (!date.startsWith(credential.date())) {
      throw new AuthRefused(
          Reason.MISMATCH,
          "Date in Credential scope does not match YYYYMMDD from ISO-8601 version"
              + " of date from HTTP");
    }
    return new Claim(credential, names, signature, date, presigned);
  }

  private static @Nullable String date(Request request) {
    String own = request.header("X-Amz-Date");
    return own == null ? request.header("Date") : own;
  }

  private static AuthRefused incomplete(String what) {
    return new AuthRefused(Reason.INCOMPLETE, "Authorization requires " + what + " parameter.");
  }

  private void checkTime(Claim claim, Request request) {
    Instant now = clock.instant();
    Instant signed;
    Duration valid = SKEW;
    try {
      signed = BASIC.parse(claim.date(), Instant::from);
      String expires = Parameters.parse(request.query()).first("X-Amz-Expires");
      if (claim.presigned() && expires != null) {
        valid = Duration.ofSeconds(Math.min(Long.parseLong(expires), MAX_EXPIRES_SECONDS));
      }
    } catch (DateTimeException | NumberFormatException e) {
      throw new AuthRefused(
          Reason.INCOMPLETE,
          "Date must be in ISO-8601 'basic format'. Got '" + claim.date() + "'.");
    }
    if (signed.plus(valid).isBefore(now)) {
      throw new AuthRefused(
          Reason.MISMATCH,
          "Signature expired: %s is now earlier than %s (%s - %d min.)"
              .formatted(
                  claim.date(),
                  BASIC.format(now.minus(valid)),
                  BASIC.format(now),
                  valid.toMinutes()));
    }
    if (signed.minus(SKEW).isAfter(now)) {
      throw new AuthRefused(
          Reason.MISMATCH,
          "Signature not yet current: %s is still later than %s (%s + %d min.)"
              .formatted(
                  claim.date(), BASIC.format(now.plus(SKEW)), BASIC.format(now), SKEW.toMinutes()));
    }
  }

  private static String signature(
      String secret, Credential credential, String date, String canonical) {
    byte[] key = Hash.hmac(("AWS4" + secret).getBytes(StandardCharsets.UTF_8), credential.date());
    key = Hash.hmac(key, credential.region());
    key = Hash.hmac(key, credential.service());
    key = Hash.hmac(key, "aws4_request");
    String digest = Hash.hex(Hash.sha256(canonical.getBytes(StandardCharsets.UTF_8)));
    String toSign = String.join("\n", "AWS4-HMAC-SHA256", date, credential.scope(), digest);
    return Hash.hex(Hash.hmac(key, toSign));
  }

  private static boolean same(String a, String b) {
    return MessageDigest.isEqual(
        a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
  }
}
