package dev.tutti.wire.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.core.json.Json;
import dev.tutti.wire.Call;
import dev.tutti.wire.ServiceError;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** S3's protocol, whose contents and errors are unlike those of the others. */
final class RestXmlTest {
  private static final String SIGNED =
      "AWS4-HMAC-SHA256 Credential="
          + Rig.ACCOUNT
          + "/20260101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0";

  private final HttpClient http = HttpClient.newHttpClient();
  private Rig rig;

  @BeforeEach
  void start() throws IOException {
    rig = new Rig();
  }

  @AfterEach
  void stop() {
    rig.close();
    http.close();
  }

  private HttpResponse<String> send(String method, HttpRequest.BodyPublisher body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(rig.uri() + "/data/key"))
            .version(HttpClient.Version.HTTP_1_1)
            .header("Authorization", SIGNED)
            .header("Content-Encoding", "gzip")
            .method(method, body);
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> send(String method) throws IOException, InterruptedException {
    return send(method, HttpRequest.BodyPublishers.noBody());
  }

  private void refuses(ServiceError error) {
    rig.answers((Call call) -> {
      throw error;
    });
  }

  @Test
  void aPackedContentStaysAsItIs() throws IOException, InterruptedException {
    var packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write("hello".getBytes(StandardCharsets.UTF_8));
    }
    rig.answers("{'ETag':'e'}");

    var answer = send("PUT", HttpRequest.BodyPublishers.ofByteArray(packed.toByteArray()));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(rig.call().operation()).isEqualTo("PutObject");
    assertThat(rig.call().input().path("ContentEncoding").asText()).isEqualTo("gzip");
    assertThat(Base64.getDecoder().decode(rig.call().input().path("Body").asText()))
        .isEqualTo(packed.toByteArray());
  }

  @Test
  void whatIsNotModifiedHasHeadersAndNoContent() throws IOException, InterruptedException {
    refuses(new ServiceError("NotModified", "Not Modified", 304, Json.object().put("ETag", "e")));

    for (String method : new String[] {"GET", "HEAD"}) {
      var answer = send(method);
      assertThat(answer.statusCode()).isEqualTo(304);
      assertThat(answer.headers().firstValue("etag")).hasValue("e");
      assertThat(answer.headers().firstValue("content-type")).isEmpty();
      assertThat(answer.body()).isEmpty();
    }
  }

  @Test
  void errorsSayMoreThanAMessageButToHead() throws IOException, InterruptedException {
    refuses(
        new ServiceError(
            "PreconditionFailed", "It did not hold", 412, Json.object().put("Condition", "c")));

    var got = send("GET");
    var asked = send("HEAD");

    assertThat(got.statusCode()).isEqualTo(412);
    assertThat(got.body())
        .contains("<Code>PreconditionFailed</Code><Message>It did not hold</Message>")
        .contains("<Condition>c</Condition>");
    assertThat(asked.statusCode()).isEqualTo(412);
    assertThat(asked.body()).isEmpty();
  }
}
