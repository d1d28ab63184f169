package dev.tutti.services.objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An S3 elsewhere that says what a test wants, good or bad. */
final class EndpointStoreTest {
  private static final Bucket BUCKET = new Bucket("111111111111", "data");
  private static final byte[] NOTHING = new byte[0];

  /** One answer. */
  private record Scripted(int status, Map<String, String> headers, byte[] body) {}

  private final Queue<Scripted> script = new ConcurrentLinkedQueue<>();
  private final Queue<String> asked = new ConcurrentLinkedQueue<>();

  /** The headers of the last request. */
  private volatile Headers sent = new Headers();

  /** What is answered by ranges once the script has ended. */
  private byte[] content = NOTHING;

  private String etag = "\"e\"";

  @SuppressWarnings("NullAway.Init") // set by JUnit
  @TempDir
  private Path drafts;

  @SuppressWarnings("NullAway.Init") // set before each test
  private HttpServer server;

  @SuppressWarnings("NullAway.Init") // set before each test
  private EndpointStore store;

  @BeforeEach
  void listen() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
    store = opened("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private EndpointStore opened(String url) throws IOException {
    return new EndpointStore(S3Endpoint.of(url, null), drafts, Duration.ofMillis(2));
  }

  @AfterEach
  void stop() {
    store.close();
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    sent = exchange.getRequestHeaders();
    String range = sent.getFirst("Range");
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    asked.add(
        exchange.getRequestMethod()
            + " "
            + exchange.getRequestURI()
            + (range == null ? "" : " " + range)
            + (body.isEmpty() ? "" : " " + body));
    Scripted next = script.isEmpty() ? part(String.valueOf(range)) : script.remove();
    next.headers().forEach(exchange.getResponseHeaders()::set);
    boolean none = next.body().length == 0;
    exchange.sendResponseHeaders(next.status(), none ? -1 : next.body().length);
    if (!none) {
      exchange.getResponseBody().write(next.body());
    }
    exchange.close();
  }

  private Scripted part(String range) {
    String[] ends = range.substring("bytes=".length()).split("-", 2);
    int from = Integer.parseInt(ends[0]);
    int to = Math.min(content.length, Integer.parseInt(ends[1]) + 1);
    return from >= content.length
        ? new Scripted(416, Map.of(), NOTHING)
        : new Scripted(206, Map.of("ETag", etag), Arrays.copyOfRange(content, from, to));
  }

  private void says(int status, String body) {
    script.add(new Scripted(status, Map.of(), body.getBytes(StandardCharsets.UTF_8)));
  }

  private static String error(String code, String message) {
    return "<?xml version=\"1.0\"?><Error><Code>%s</Code><Message>%s</Message></Error>"
        .formatted(code, message);
  }

  @Test
  void listsGoOnByContinuationTokens() throws IOException {
    says(
        200,
        """
        <ListBucketResult><EncodingType>url</EncodingType><IsTruncated>true</IsTruncated>
        <NextContinuationToken>t/1</NextContinuationToken><Contents><Key>in/a+b%2B</Key>
        <LastModified>2026-01-01T00:00:01.500Z</LastModified><ETag>"1"</ETag><Size>5</Size>
        </Contents></ListBucketResult>
        """);
    says(
        200,
        """
        <ListBucketResult><IsTruncated>false</IsTruncated><Contents><Key>in/c</Key>
        <LastModified>2026-01-01T00:00:02Z</LastModified><ETag>"2"</ETag><Size>6</Size></Contents>
        </ListBucketResult>
        """);

    List<StoredObject> found = store.list(BUCKET, "in/", "in/0", 500);

    assertThat(found)
        .containsExactly(
            new StoredObject("in/a b+", 5, 1_767_225_601_500L, "\"1\"", StoredObject.Kind.PLAIN),
            new StoredObject("in/c", 6, 1_767_225_602_000L, "\"2\"", StoredObject.Kind.PLAIN));
    assertThat(asked)
        .containsExactly(
            "GET /data?encoding-type=url&list-type=2&max-keys=500&prefix=in%2F&start-after=in%2F0",
            "GET /data?continuation-token=t%2F1&encoding-type=url&list-type=2&max-keys=499"
                + "&prefix=in%2F");
  }

  @Test
  void contentsAreReadInRangesThatGrow() throws IOException {
    content = new byte[(256 + 512 + 1024) * 1024];
    new Random(1).nextBytes(content);
    try (InputStream in = store.open(BUCKET, "k k", 0)) {
      assertThat(in.readNBytes(10)).isEqualTo(Arrays.copyOf(content, 10));
    }
    assertThat(asked).containsExactly("GET /data/k%20k bytes=0-262143");

    try (InputStream in = store.open(BUCKET, "k k", 7)) {
      assertThat(in.readAllBytes()).isEqualTo(Arrays.copyOfRange(content, 7, content.length));
    }
    assertThat(asked).hasSize(4);
    try (InputStream in = store.open(BUCKET, "k k", 0)) {
      assertThat(in.readAllBytes()).isEqualTo(content);
    }
    assertThat(asked).last().isEqualTo("GET /data/k%20k bytes=1835008-3932159");
    try (InputStream in = store.open(BUCKET, "k k", content.length)) {
      assertThat(in.read()).isEqualTo(-1);
    }
  }

  @Test
  void aContentThatChangesIsNotReadOn() throws IOException {
    content = new byte[300 * 1024];
    try (InputStream in = store.open(BUCKET, "k", 0)) {
      etag = "\"other\"";
      assertThatThrownBy(in::readAllBytes).hasMessage("The object was changed while it was read.");
    }
  }

  @Test
  void aBusyEndpointIsAskedAgain() throws IOException {
    says(503, error("SlowDown", "Please reduce your request rate."));
    script.add(new Scripted(500, Map.of(), NOTHING));
    script.add(
        new Scripted(
            200,
            Map.of("ETag", "\"e\"", "Last-Modified", "Thu, 01 Jan 2026 00:00:00 GMT"),
            NOTHING));
    assertThat(store.find(BUCKET, "k").orElseThrow().modifiedMillis())
        .isEqualTo(1_767_225_600_000L);
    assertThat(asked).hasSize(3);
  }

  @Test
  void whatStaysBusyIsToldInItsOwnWords() {
    for (int i = 0; i < 4; i++) {
      says(503, error("SlowDown", "Please reduce your request rate."));
    }
    assertThatThrownBy(() -> store.list(BUCKET, "", "", 1))
        .isInstanceOf(ObjectStore.Refused.class)
        .hasMessage("Please reduce your request rate. (Error Code: SlowDown, Status Code: 503)");
    assertThat(asked).hasSize(4);
  }

  @Test
  void whoIsNotThereIsNamed() throws IOException {
    server.stop(0);
    String url = "http://127.0.0.1:" + server.getAddress().getPort();
    try (EndpointStore gone = opened(url)) {
      assertThatThrownBy(() -> gone.find(BUCKET, "k"))
          .isInstanceOf(ObjectStore.Refused.class)
          .hasMessageStartingWith("No answer from " + url + ": ");
    }
  }

  @Test
  void whatIsMissingIsToldApart() throws IOException {
    script.add(new Scripted(404, Map.of(), NOTHING));
    script.add(new Scripted(200, Map.of(), NOTHING));
    assertThat(store.find(BUCKET, "k")).isEmpty();

    script.add(new Scripted(404, Map.of(), NOTHING));
    script.add(new Scripted(404, Map.of(), NOTHING));
    assertThatThrownBy(() -> store.find(BUCKET, "k")).isInstanceOf(ObjectStore.NoSuchBucket.class);

    says(404, error("NoSuchKey", "The specified key does not exist."));
    assertThatThrownBy(() -> store.open(BUCKET, "k", 0)).isInstanceOf(NoSuchFileException.class);
    says(404, error("NoSuchBucket", "The specified bucket does not exist"));
    assertThatThrownBy(() -> store.open(BUCKET, "k", 0))
        .isInstanceOf(ObjectStore.NoSuchBucket.class);
  }

  @Test
  void whatIsForbiddenIsNotAskedAgain() {
    script.add(new Scripted(403, Map.of(), NOTHING));
    assertThatThrownBy(() -> store.find(BUCKET, "k"))
        .hasMessage("Access Denied (Error Code: AccessDenied, Status Code: 403)");
    says(403, error("InvalidAccessKeyId", "The key is not known."));
    assertThatThrownBy(() -> store.delete(BUCKET, "k"))
        .isInstanceOfSatisfying(
            ObjectStore.Refused.class, e -> assertThat(e.code()).isEqualTo("InvalidAccessKeyId"));
    assertThat(asked).hasSize(2);
  }

  @Test
  void anObjectIsSentWholeAndAgainWhereThatFails() throws IOException {
    says(500, error("InternalError", "We encountered an internal error."));
    script.add(new Scripted(200, Map.of("ETag", "\"new\""), NOTHING));
    StoredObject stored =
        store.put(
            BUCKET,
            "out/a",
            new StoredObject.Kind("application/json", null, Map.of("by", "us")),
            out -> out.write("[1]".getBytes(StandardCharsets.UTF_8)));
    assertThat(stored.size()).isEqualTo(3);
    assertThat(stored.etag()).isEqualTo("\"new\"");
    assertThat(asked).containsExactly("PUT /data/out/a [1]", "PUT /data/out/a [1]");
    assertThat(drafts).isEmptyDirectory();
  }

  private StoredObject put(Expected expected) throws IOException {
    return store.put(
        BUCKET, "k", StoredObject.Kind.PLAIN, expected, out -> out.write(new byte[] {1}));
  }

  private void assertUnexpected(Expected expected, boolean missing) {
    assertThatThrownBy(() -> put(expected))
        .isInstanceOfSatisfying(
            ObjectStore.Unexpected.class, e -> assertThat(e.isMissing()).isEqualTo(missing));
  }

  @Test
  void whatIsExpectedIsLeftToTheEndpoint() throws IOException {
    script.add(new Scripted(200, Map.of("ETag", "\"new\""), NOTHING));
    assertThat(put(Expected.NOTHING).etag()).isEqualTo("\"new\"");
    assertThat(sent.getFirst("If-None-Match")).isEqualTo("*");

    says(412, error("PreconditionFailed", "At least one of the pre-conditions did not hold"));
    assertUnexpected(new Expected.Same("old"), false);
    assertThat(sent.getFirst("If-Match")).isEqualTo("\"old\"");
    assertThat(sent.getFirst("If-None-Match")).isNull();
    says(404, error("NoSuchKey", "The specified key does not exist."));
    assertUnexpected(new Expected.Same("\"old\""), true);
    assertThat(sent.getFirst("If-Match")).isEqualTo("\"old\"");

    says(404, error("NoSuchBucket", "The specified bucket does not exist"));
    assertThatThrownBy(() -> put(Expected.NOTHING)).isInstanceOf(ObjectStore.NoSuchBucket.class);
    says(501, error("NotImplemented", "A header is not implemented"));
    assertThatThrownBy(() -> put(Expected.NOTHING))
        .hasMessage("A header is not implemented (Error Code: NotImplemented, Status Code: 501)");
    assertThat(drafts).isEmptyDirectory();
  }

  @Test
  void whatIsSaidOfAnObjectGoesAndComes() throws IOException {
    Map<Header, String> said =
        Map.of(Header.CONTENT_DISPOSITION, "attachment", Header.CONTENT_LANGUAGE, "de");
    script.add(new Scripted(200, Map.of("ETag", "\"e\""), NOTHING));
    StoredObject _ =
        store.put(
            BUCKET,
            "k",
            new StoredObject.Kind("text/plain", null, said, Map.of()),
            out -> out.write(NOTHING));
    assertThat(sent.getFirst("Content-Disposition")).isEqualTo("attachment");
    assertThat(sent.getFirst("Content-Language")).isEqualTo("de");
    assertThat(sent.getFirst("Expires")).isNull();

    script.add(new Scripted(200, Map.of("Cache-Control", "no-store", "Expires", "0"), NOTHING));
    assertThat(store.find(BUCKET, "k").orElseThrow().kind().headers())
        .isEqualTo(Map.of(Header.CACHE_CONTROL, "no-store", Header.EXPIRES, "0"));
  }

  @Test
  void theRegionIsInANameOfAwssAndAPathIsNotTaken() {
    assertThat(S3Endpoint.of("https://s3.eu-central-1.amazonaws.com", null).region())
        .isEqualTo("eu-central-1");
    assertThat(S3Endpoint.of("http://127.0.0.1:9000/", null).region()).isEqualTo("us-east-1");
    assertThatThrownBy(() -> S3Endpoint.of("http://127.0.0.1:9000/data", null))
        .hasMessageContaining("has a path");
  }
}
