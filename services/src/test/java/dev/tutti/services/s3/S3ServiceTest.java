package dev.tutti.services.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.core.kernel.Outcome;
import dev.tutti.host.Engine;
import dev.tutti.host.MemoryStore;
import dev.tutti.services.Operations;
import dev.tutti.services.objects.Bucket;
import dev.tutti.services.objects.FolderStore;
import dev.tutti.wire.auth.Accounts;
import dev.tutti.wire.http.Server;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Objects in a folder, asked for over HTTP as S3's clients do. */
final class S3ServiceTest {
  private static final String ACCOUNT = "111111111111";
  private static final String EARLIER = "Thu, 01 Jan 2015 00:00:00 GMT";
  private static final String SIGNED =
      "AWS4-HMAC-SHA256 Credential="
          + ACCOUNT
          + "/20260101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0";

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @SuppressWarnings("NullAway.Init") // set by JUnit
  @TempDir
  private Path folder;

  @SuppressWarnings("NullAway.Init") // set before each test
  private Engine engine;

  @SuppressWarnings("NullAway.Init") // set before each test
  private Server server;

  @BeforeEach
  void listen() throws IOException {
    FolderStore store = new FolderStore(folder);
    assertThat(store.create(new Bucket(ACCOUNT, "data"))).isTrue();
    engine = Engine.on(new MemoryStore()).build();
    Operations operations =
        new Operations(
            engine,
            List.of(new S3Service(store)),
            post -> new Outcome.Failed("http", "NoNetwork", "tests have none", 0),
            System::currentTimeMillis);
    engine.start(operations);
    server =
        Server.start(
            Server.Settings.of("127.0.0.1", 0, operations::serves, Accounts.of(Map.of(), ACCOUNT)),
            operations);
  }

  @AfterEach
  void stop() {
    server.close();
    engine.close();
    http.close();
  }

  /** Sends a request; contents have a byte a character, headers are names and values in turn. */
  private HttpResponse<String> send(String method, String key, String content, String... headers)
      throws IOException, InterruptedException {
    String url = "http://127.0.0.1:" + server.address().getPort() + "/data/" + key;
    var body = HttpRequest.BodyPublishers.ofString(content, StandardCharsets.ISO_8859_1);
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url)).method(method, body);
    request.header("Authorization", SIGNED);
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return http.send(
        request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.ISO_8859_1));
  }

  private HttpResponse<String> put(String content, String... headers)
      throws IOException, InterruptedException {
    return send("PUT", "k", content, headers);
  }

  private HttpResponse<String> get(String... headers) throws IOException, InterruptedException {
    return send("GET", "k", "", headers);
  }

  private HttpResponse<String> head(String... headers) throws IOException, InterruptedException {
    return send("HEAD", "k", "", headers);
  }

  private static String header(HttpResponse<String> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }

  private static void assertRefused(
      HttpResponse<String> answer, int status, String code, String what) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.body()).contains("<Code>" + code + "</Code>").contains(what);
  }

  private static void assertUnmet(HttpResponse<String> answer, String condition) {
    assertRefused(answer, 412, "PreconditionFailed", "<Condition>" + condition + "</Condition>");
  }

  private static void assertUnchanged(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).isEqualTo(304);
    assertThat(answer.body()).isEmpty();
  }

  @Test
  void anObjectIsReadWhereItIsTheOneThatIsAskedFor() throws IOException, InterruptedException {
    String etag = header(put("hello"), "etag");

    assertThat(get("If-Match", etag).body()).isEqualTo("hello");
    assertThat(get("If-Match", etag.replace("\"", "")).body()).isEqualTo("hello");
    assertThat(get("If-Match", "\"other\", " + etag).body()).isEqualTo("hello");
    assertThat(get("If-Match", "*").statusCode()).isEqualTo(200);
    assertThat(head("If-Match", etag).statusCode()).isEqualTo(200);
    assertThat(get("If-Match", etag, "Range", "bytes=1-2").body()).isEqualTo("el");

    assertUnmet(get("If-Match", "\"other\""), "If-Match");
    assertUnmet(get("If-Match", "\"other\"", "Range", "bytes=9-"), "If-Match");
    assertThat(head("If-Match", "\"other\"").statusCode()).isEqualTo(412);
    assertThat(head("If-Match", "\"other\"").body()).isEmpty();
  }

  @Test
  void anObjectThatItsReaderHasIsNotSentAgain() throws IOException, InterruptedException {
    String etag = header(put("hello"), "etag");

    HttpResponse<String> unchanged = get("If-None-Match", etag);

    assertUnchanged(unchanged);
    assertThat(header(unchanged, "etag")).isEqualTo(etag);
    assertThat(header(unchanged, "last-modified")).isEqualTo(header(get(), "last-modified"));
    assertUnchanged(head("If-None-Match", etag.replace("\"", "")));
    assertUnchanged(get("If-None-Match", "*"));
    assertThat(get("If-None-Match", "\"other\"").body()).isEqualTo("hello");
  }

  @Test
  void timesAreComparedByTheSecond() throws IOException, InterruptedException {
    put("hello");
    String modified = header(head(), "last-modified");

    assertUnchanged(get("If-Modified-Since", modified));
    assertThat(get("If-Modified-Since", EARLIER).statusCode()).isEqualTo(200);
    assertThat(get("If-Unmodified-Since", modified).statusCode()).isEqualTo(200);
    assertUnmet(get("If-Unmodified-Since", EARLIER), "If-Unmodified-Since");
    assertThat(get("If-Modified-Since", "today", "If-Unmodified-Since", "then").statusCode())
        .isEqualTo(200);
  }

  @Test
  void anEtagGoesBeforeATime() throws IOException, InterruptedException {
    String etag = header(put("hello"), "etag");
    String modified = header(head(), "last-modified");

    assertThat(get("If-Match", etag, "If-Unmodified-Since", EARLIER).statusCode()).isEqualTo(200);
    assertUnchanged(get("If-None-Match", etag, "If-Modified-Since", EARLIER));
    assertThat(get("If-None-Match", "\"other\"", "If-Modified-Since", modified).statusCode())
        .isEqualTo(200);
  }

  @Test
  void anObjectIsStoredWhereWhatIsThereIsExpected() throws IOException, InterruptedException {
    String etag = header(put("1", "If-None-Match", "*"), "etag");
    assertUnmet(put("2", "If-None-Match", "*"), "If-None-Match");
    assertUnmet(put("2", "If-Match", "\"other\""), "If-Match");
    assertThat(get().body()).isEqualTo("1");

    assertThat(put("2", "If-Match", etag).statusCode()).isEqualTo(200);
    assertThat(get().body()).isEqualTo("2");
    assertRefused(send("PUT", "none", "3", "If-Match", etag), 404, "NoSuchKey", "<Key>none</Key>");
  }

  @Test
  void conditionsThatNothingIsStoredOnAreRefused() throws IOException, InterruptedException {
    assertRefused(
        put("1", "If-None-Match", "\"e\""),
        501,
        "NotImplemented",
        "<Header>If-None-Match</Header>");
    assertRefused(put("1", "If-Match", "*"), 501, "NotImplemented", "<Header>If-Match</Header>");
    assertRefused(
        put("1", "If-Match", "\"e\"", "If-None-Match", "*"),
        501,
        "NotImplemented",
        "<Header>If-Match,If-None-Match</Header>");
    assertRefused(send("DELETE", "k", "", "If-Match", "\"e\""), 501, "NotImplemented", "IfMatch");
    assertThat(head().statusCode()).isEqualTo(404);
    assertThat(head().body()).isEmpty();
  }

  @Test
  void whatIsSaidOfAnObjectIsSaidToItsReaders() throws IOException, InterruptedException {
    put(
        "hello",
        "Cache-Control",
        "max-age=60",
        "Content-Disposition",
        "attachment; filename=\"a.txt\"",
        "Content-Language",
        "de",
        "Expires",
        "0");

    for (HttpResponse<String> answer : List.of(get(), head())) {
      assertThat(header(answer, "cache-control")).isEqualTo("max-age=60");
      assertThat(header(answer, "content-disposition")).isEqualTo("attachment; filename=\"a.txt\"");
      assertThat(header(answer, "content-language")).isEqualTo("de");
      assertThat(header(answer, "expires")).isEqualTo("0");
    }
  }

  @Test
  void aReaderMayHaveItSaidOtherwise() throws IOException, InterruptedException {
    put("hello", "Cache-Control", "max-age=60", "Content-Language", "de");

    HttpResponse<String> answer =
        send(
            "GET",
            "k?response-cache-control=no-store&response-content-type=text%2Fcsv&response-expires=1",
            "");

    assertThat(header(answer, "cache-control")).isEqualTo("no-store");
    assertThat(header(answer, "content-type")).isEqualTo("text/csv");
    assertThat(header(answer, "expires")).isEqualTo("1");
    assertThat(header(answer, "content-language")).isEqualTo("de");
    assertThat(header(get(), "cache-control")).isEqualTo("max-age=60");
  }

  @ParameterizedTest
  @CsvSource({
    "x-amz-acl,public-read,ACL",
    "x-amz-copy-source,/data/other,CopySource",
    "x-amz-grant-read,id=1,GrantRead",
    "x-amz-object-lock-legal-hold,ON,ObjectLockLegalHoldStatus",
    "x-amz-object-lock-mode,GOVERNANCE,ObjectLockMode",
    "x-amz-object-lock-retain-until-date,2030-01-01T00:00:00Z,ObjectLockRetainUntilDate",
    "x-amz-server-side-encryption,AES256,ServerSideEncryption",
    "x-amz-server-side-encryption-aws-kms-key-id,key,SSEKMSKeyId",
    "x-amz-server-side-encryption-customer-algorithm,AES256,SSECustomerAlgorithm",
    "x-amz-storage-class,GLACIER,StorageClass",
    "x-amz-tagging,a=b,Tagging",
    "x-amz-website-redirect-location,/other,WebsiteRedirectLocation"
  })
  void whatIsNotDoneIsRefusedByName(String header, String value, String name)
      throws IOException, InterruptedException {
    assertRefused(put("1", header, value), 501, "NotImplemented", "not implemented: " + name + "<");
    assertThat(get().statusCode()).isEqualTo(404);
  }

  @Test
  void whatHoldsAnywayMayBeSaid() throws IOException, InterruptedException {
    assertThat(put("1", "x-amz-acl", "private", "x-amz-storage-class", "STANDARD").statusCode())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "CRC32,y/Q5Jg==",
    "CRC32C,4waSgw==",
    "CRC64NVME,rosUhgp5mIg=",
    "SHA1,98O8HYCOBHMq32eZZczDTKeuNEE=",
    "SHA256,FeKw08M4keuw8e9gnsQZQgwg4yDOlMZfvIwzEkSOsiU="
  })
  void checksumsAreCompared(String algorithm, String sum) throws IOException, InterruptedException {
    String header = "x-amz-checksum-" + algorithm;

    assertRefused(
        put("12345678", header, sum),
        400,
        "BadDigest",
        "The " + algorithm + " you specified did not match the calculated checksum.");
    assertRefused(put("123456789", header, "AA=="), 400, "InvalidRequest", "header is invalid.");
    assertRefused(put("123456789", header, "?"), 400, "InvalidRequest", "header is invalid.");
    assertThat(get().statusCode()).isEqualTo(404);
    assertThat(put("123456789", header, sum).statusCode()).isEqualTo(200);
  }

  @Test
  void oneChecksumIsEnough() throws IOException, InterruptedException {
    assertRefused(
        put("123456789", "x-amz-checksum-crc32", "y/Q5Jg==", "x-amz-checksum-crc32c", "4waSgw=="),
        400,
        "InvalidRequest",
        "Multiple checksum Types are not allowed.");
    assertRefused(
        put("123456789", "Content-MD5", "XUFAKrxLKna5cZ2REBfFkg=="),
        400,
        "BadDigest",
        "The Content-MD5 you specified did not match what we received.");
  }

  @Test
  void whatIsPackedStaysPacked() throws IOException, InterruptedException {
    var bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write("hello".getBytes(StandardCharsets.UTF_8));
    }
    String packed = bytes.toString(StandardCharsets.ISO_8859_1);

    assertThat(put(packed, "Content-Encoding", "gzip").statusCode()).isEqualTo(200);

    assertThat(get().body()).isEqualTo(packed);
    assertThat(header(get(), "content-encoding")).isEqualTo("gzip");
  }
}
