package dev.tutti.wire.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tutti.wire.auth.AuthRefused.Reason;
import dev.tutti.wire.message.Request;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner.AuthLocation;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/** Checks what AWS's own signer signs. */
final class SignatureCheckTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final AwsCredentialsIdentity CALLER =
      AwsCredentialsIdentity.create("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG");

  private final SignatureCheck check = at(NOW);

  private static SignatureCheck at(Instant now) {
    return new SignatureCheck(
        key -> key.equals("AKIDEXAMPLE") ? Optional.of(CALLER.secretAccessKey()) : Optional.empty(),
        InstantSource.fixed(now));
  }

  private static Request signed(String uri, String body, AwsCredentialsIdentity by) {
    return signed(uri, body, by, null);
  }

  private static Request signed(
      String uri, String body, AwsCredentialsIdentity by, @Nullable Duration presignedFor) {
    byte[] content = body.getBytes(StandardCharsets.UTF_8);
    var request =
        SdkHttpRequest.builder()
            .method(SdkHttpMethod.POST)
            .uri(URI.create(uri))
            .putHeader("Content-Type", "application/x-amz-json-1.0")
            .putHeader("X-Spaced", "  a   b ")
            .build();
    var result =
        AwsV4HttpSigner.create()
            .sign(r -> {
              r.identity(by)
                  .request(request)
                  .payload(() -> new ByteArrayInputStream(content))
                  .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "states")
                  .putProperty(AwsV4HttpSigner.REGION_NAME, "eu-central-1")
                  .putProperty(HttpSigner.SIGNING_CLOCK, Clock.fixed(NOW, ZoneOffset.UTC));
              if (presignedFor != null) {
                r.putProperty(AwsV4HttpSigner.AUTH_LOCATION, AuthLocation.QUERY_STRING)
                    .putProperty(AwsV4HttpSigner.EXPIRATION_DURATION, presignedFor);
              }
            });
    SdkHttpRequest http = result.request();
    return new Request(
        "POST",
        http.encodedPath(),
        http.encodedQueryParameters().orElse(""),
        http.headers(),
        content);
  }

  private static Reason refusal(SignatureCheck check, Request request) {
    AuthRefused refused = catchThrowableOfType(AuthRefused.class, () -> check.check(request));
    assertThat(refused).isNotNull();
    return refused.reason();
  }

  private static Request with(Request request, String header, String value) {
    Map<String, List<String>> headers = new TreeMap<>();
    for (String name :
        List.of("Authorization", "Host", "X-Amz-Date", "X-Amz-Content-Sha256", "Content-Type")) {
      headers.put(name, request.headers(name));
    }
    headers.put("X-Spaced", request.headers("X-Spaced"));
    headers.put(header, List.of(value));
    return new Request(request.method(), request.path(), request.query(), headers, request.body());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1:4566/",
        "http://127.0.0.1:4566/2015-03-31/functions/arn%3Aaws%3Alambda%3Ax/invocations",
        "http://127.0.0.1:4566/a/?b=2&a=1&b=1&empty=&sp=a%20b%2Bc%2F%C3%A9",
        "http://localhost/a%20b/%C3%A9"
      })
  void acceptsWhatAwsSigns(String uri) {
    Request request = signed(uri, "{\"a\":1}", CALLER);

    check.check(request);

    assertThat(Credential.of(request))
        .hasValue(new Credential("AKIDEXAMPLE", "20261121", "eu-central-1", "states"));
  }

  @Test
  void acceptsAPresignedRequestUntilItExpires() {
    Request request = signed("http://h/?Action=X", "", CALLER, Duration.ofMinutes(10));

    at(NOW.plusSeconds(599)).check(request);

    assertThat(refusal(at(NOW.plusSeconds(601)), request)).isEqualTo(Reason.MISMATCH);
  }

  @Test
  void refusesAnythingChanged() {
    Request request = signed("http://h/a?b=1", "{}", CALLER);

    assertThat(refusal(check, request.withBody(new byte[] {1}))).isEqualTo(Reason.MISMATCH);
    assertThat(refusal(check, with(request, "X-Spaced", "other"))).isEqualTo(Reason.MISMATCH);
    Request elsewhere =
        new Request(
            "POST",
            "/b",
            request.query(),
            Map.of(
                "Authorization", request.headers("Authorization"),
                "Host", request.headers("Host"),
                "X-Amz-Date", request.headers("X-Amz-Date")),
            request.body());
    assertThat(refusal(check, elsewhere)).isEqualTo(Reason.MISMATCH);
  }

  @Test
  void refusesAnotherSecretAndAnUnknownKey() {
    var forged = AwsCredentialsIdentity.create("AKIDEXAMPLE", "guess");
    var stranger = AwsCredentialsIdentity.create("AKIDSTRANGER", "guess");

    assertThat(refusal(check, signed("http://h/", "{}", forged))).isEqualTo(Reason.MISMATCH);
    assertThat(refusal(check, signed("http://h/", "{}", stranger))).isEqualTo(Reason.UNKNOWN_KEY);
  }

  @Test
  void refusesAnotherTime() {
    Request request = signed("http://h/", "{}", CALLER);

    at(NOW.plusSeconds(300)).check(request);

    var late =
        catchThrowableOfType(AuthRefused.class, () -> at(NOW.plusSeconds(301)).check(request));
    assertThat(late.getMessage())
        .isEqualTo(
            "Signature expired: 20261121T120000Z is now earlier than 20261121T120001Z"
                + " (20261121T120501Z - 5 min.)");
    assertThat(refusal(at(NOW.minusSeconds(301)), request)).isEqualTo(Reason.MISMATCH);
  }

  @Test
  void refusesWhatIsNotComplete() {
    Request request = signed("http://h/", "{}", CALLER);
    Request unsigned = new Request("POST", "/", "", Map.of(), new byte[0]);

    assertThat(refusal(check, unsigned)).isEqualTo(Reason.MISSING);
    assertThat(refusal(check, with(request, "Authorization", "Basic x")))
        .isEqualTo(Reason.INCOMPLETE);
    assertThat(refusal(check, with(request, "Authorization", "AWS4-HMAC-SHA256 Credential=a")))
        .isEqualTo(Reason.INCOMPLETE);
    assertThat(
            refusal(
                check,
                with(
                    request,
                    "Authorization",
                    "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20261121/r/s/aws4_request,"
                        + " SignedHeaders=host")))
        .isEqualTo(Reason.INCOMPLETE);
  }
}
