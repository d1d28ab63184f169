package dev.tutti.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import dev.tutti.core.json.Json;
import dev.tutti.services.forward.Signing;
import dev.tutti.services.objects.Bucket;
import dev.tutti.services.objects.EndpointStore;
import dev.tutti.services.objects.S3Endpoint;
import dev.tutti.services.objects.StoredObject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;

/** A runtime whose buckets are in another runtime, which it reaches over HTTP alone. */
final class OtherS3Test {
  private static final String ACCOUNT = "111122223333";
  private static final String STATES = "AWSStepFunctions";
  private static final String PASS =
      "\"StartAt\": \"P\", \"States\": {\"P\": {\"Type\": \"Pass\", \"End\": true}}";

  @SuppressWarnings("NullAway.Init") // set by JUnit
  @TempDir
  private static Path folder;

  @SuppressWarnings("NullAway.Init") // set before all tests
  private static Assembly keeper;

  @SuppressWarnings("NullAway.Init") // set before all tests
  private static Assembly runtime;

  @SuppressWarnings("NullAway.Init") // set before all tests
  private static AwsClient client;

  @SuppressWarnings("NullAway.Init") // set before all tests
  private static Path bucket;

  @BeforeAll
  static void start() throws IOException {
    bucket = Files.createDirectories(folder.resolve("buckets").resolve(ACCOUNT).resolve("data"));
    keeper = opened("keeper", folder.resolve("buckets"), null);
    runtime = opened("runtime", null, "http://127.0.0.1:" + keeper.port());
    client = new AwsClient(runtime.port());
  }

  private static Assembly opened(String name, @Nullable Path objects, @Nullable String s3) {
    return Assembly.open(
        RuntimeSettings.of(folder.resolve(name), 0)
            .withObjects(objects)
            .withS3(s3 == null ? null : S3Endpoint.of(s3, null)));
  }

  @AfterAll
  static void stop() {
    client.close();
    runtime.close();
    keeper.close();
  }

  private static void put(String key, String content) throws IOException {
    Path file = bucket.resolve(key);
    Files.createDirectories(Objects.requireNonNull(file.getParent()));
    Path _ = Files.writeString(file, content);
  }

  /** Runs a definition to its end. */
  private static JsonNode run(AwsClient client, String name, String definition) {
    ObjectNode machine = Json.object().put("name", name).put("definition", definition);
    machine.put("roleArn", "arn:aws:iam::" + ACCOUNT + ":role/r");
    JsonNode made = client.call(ACCOUNT, STATES, "CreateStateMachine", machine);
    JsonNode started =
        client.call(
            ACCOUNT,
            STATES,
            "StartExecution",
            Json.object().put("stateMachineArn", made.path("stateMachineArn").asText()));
    ObjectNode which = Json.object().put("executionArn", started.path("executionArn").asText());
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() ->
            !client
                .call(ACCOUNT, STATES, "DescribeExecution", which)
                .path("status")
                .asText()
                .equals("RUNNING"));
    return client.call(ACCOUNT, STATES, "DescribeExecution", which);
  }

  private static String map(String fields) {
    return """
    {"StartAt": "M", "States": {"M": {"Type": "Map", "Label": "L", "End": true, %s,
      "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "EXPRESS"},
        %s}}}}
    """
        .formatted(fields, PASS);
  }

  private static String reader(String key, String config) {
    return """
    "ItemReader": {"Resource": "arn:aws:states:::s3:getObject", "ReaderConfig": {%s},
      "Parameters": {"Bucket": "data", "Key": "%s"}}\
    """
        .formatted(config, key);
  }

  private static String output(JsonNode ended) {
    assertThat(ended.path("status").asText()).as(ended.toString()).isEqualTo("SUCCEEDED");
    return ended.path("output").asText();
  }

  @Test
  void aListOfMoreThanAThousandKeysIsReadAndItsResultsAreWritten() throws IOException {
    for (int i = 0; i < 1_203; i++) {
      put("many/%04d +ü.txt".formatted(i), "x");
    }
    JsonNode ended =
        run(
            client,
            "list",
            map(
                """
                "ItemReader": {"Resource": "arn:aws:states:::s3:listObjectsV2",
                  "Parameters": {"Bucket": "data", "Prefix": "many/"}},
                "ItemSelector": {"key.$": "$$.Map.Item.Value.Key"},
                "ResultWriter": {"Resource": "arn:aws:states:::s3:putObject",
                  "Parameters": {"Bucket": "data", "Prefix": "out"},
                  "WriterConfig": {"Transformation": "COMPACT", "OutputType": "JSONL"}}\
                """));
    JsonNode where = Json.parse(output(ended)).path("ResultWriterDetails");
    JsonNode manifest = Json.parse(Files.readString(bucket.resolve(where.path("Key").asText())));
    JsonNode files = manifest.path("ResultFiles");
    assertThat(files.path("FAILED")).isEmpty();
    List<String> keys = new ArrayList<>();
    for (String line :
        Files.readAllLines(bucket.resolve(files.path("SUCCEEDED").get(0).path("Key").asText()))) {
      keys.add(Json.parse(line).path("key").asText());
    }
    assertThat(keys).hasSize(1_203).doesNotHaveDuplicates();
    assertThat(keys.getFirst()).isEqualTo("many/0000 +ü.txt");
    assertThat(bucket.resolve(where.path("Key").asText()).resolveSibling("FAILED_0.jsonl"))
        .doesNotExist();
  }

  @Test
  void linesOfSomeMegabytesAreReadPageByPage() throws IOException {
    var lines = new StringBuilder();
    String filling = "x".repeat(2_000);
    for (int i = 0; i < 3_000; i++) {
      lines.append("{\"n\":").append(i).append(",\"filling\":\"").append(filling).append("\"}\n");
    }
    put("large.jsonl", lines.toString());
    JsonNode ended =
        run(
            client,
            "large",
            map(
                reader("large.jsonl", "\"InputType\": \"JSONL\"")
                    + """
                    , "ItemSelector": {"n.$": "$$.Map.Item.Value.n"},
                    "ItemBatcher": {"MaxItemsPerBatch": 100}\
                    """));
    int next = 0;
    for (JsonNode batch : Json.parse(output(ended))) {
      for (JsonNode item : batch.path("Items")) {
        assertThat(item.path("n").asInt()).isEqualTo(next++);
      }
    }
    assertThat(next).isEqualTo(3_000);
  }

  @Test
  void tablesAndInventoriesAreRead() throws IOException {
    put("a.csv", "id,name\n1,Ada\n2,\"B, b\"\n");
    var packed = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(packed)) {
      out.write("\"data\",\"a.csv\"\n\"data\",\"b.csv\"\n".getBytes(StandardCharsets.UTF_8));
    }
    put(
        "inventory/manifest.json",
        """
        {"fileFormat": "CSV", "fileSchema": "Bucket, Key",
         "files": [{"key": "inventory/1.csv.gz"}]}
        """);
    Path _ = Files.write(bucket.resolve("inventory/1.csv.gz"), packed.toByteArray());
    String csv = "\"InputType\": \"CSV\", \"CSVHeaderLocation\": \"FIRST_ROW\"";
    assertThat(output(run(client, "csv", map(reader("a.csv", csv)))))
        .isEqualTo("[{\"id\":\"1\",\"name\":\"Ada\"},{\"id\":\"2\",\"name\":\"B, b\"}]");
    String manifest = reader("inventory/manifest.json", "\"InputType\": \"MANIFEST\"");
    assertThat(Json.parse(output(run(client, "inventory", map(manifest)))).findValuesAsText("Key"))
        .containsExactly("a.csv", "b.csv");
  }

  @Test
  void tasksReadAndWriteThereToo() throws IOException {
    JsonNode ended =
        run(
            client,
            "tasks",
            """
            {"QueryLanguage": "JSONata", "StartAt": "Put", "States": {
              "Put": {"Type": "Task", "Resource": "arn:aws:states:::aws-sdk:s3:putObject",
                "Arguments": {"Bucket": "data", "Key": "by task.txt", "Body": "hello"},
                "Next": "Get"},
              "Get": {"Type": "Task", "Resource": "arn:aws:states:::aws-sdk:s3:getObject",
                "Arguments": {"Bucket": "data", "Key": "by task.txt"},
                "Output": "{% $states.result.Body %}", "Next": "Missing"},
              "Missing": {"Type": "Task", "Resource": "arn:aws:states:::aws-sdk:s3:getObject",
                "Arguments": {"Bucket": "data", "Key": "none"}, "End": true,
                "Catch": [{"ErrorEquals": ["S3.NoSuchKeyException"], "Next": "End",
                  "Output": "{% $states.input %}"}]},
              "End": {"Type": "Succeed"}}}
            """);
    assertThat(Json.parse(output(ended)).asText()).contains("hello");
    assertThat(bucket.resolve("by task.txt")).exists();
  }

  @Test
  void whatIsNotThereFailsInTheSameWordsAsWithAFolder() {
    JsonNode noKey = run(client, "nokey", map(reader("no", "\"InputType\": \"JSON\"")));
    assertThat(noKey.path("error").asText()).isEqualTo("States.ItemReaderFailed");
    assertThat(noKey.path("cause").asText()).isEqualTo("The specified key does not exist: no");
    String nowhere = reader("a", "\"InputType\": \"JSON\"").replace("\"data\"", "\"nowhere\"");
    assertThat(run(client, "nobucket", map(nowhere)).path("cause").asText())
        .isEqualTo("The specified bucket does not exist: nowhere");
  }

  @Test
  void anS3ThatIsGoneFailsReaderAndTask() throws IOException {
    int port;
    try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    try (Assembly alone = opened("alone", null, "http://127.0.0.1:" + port);
        AwsClient there = new AwsClient(alone.port())) {
      JsonNode ended = run(there, "gone", map(reader("a", "\"InputType\": \"JSON\"")));
      assertThat(ended.path("error").asText()).isEqualTo("States.ItemReaderFailed");
      assertThat(ended.path("cause").asText())
          .startsWith("The items can't be read: No answer from http://127.0.0.1:" + port);
    }
  }

  /** The signature of what was sent is the one that AWS's own signer makes. */
  @Test
  void requestsAreSignedAsAwsSignsThem() throws IOException {
    List<SdkHttpRequest> sent = new ArrayList<>();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    String url = "http://127.0.0.1:" + server.getAddress().getPort();
    server.createContext(
        "/",
        exchange -> {
          var copy =
              SdkHttpRequest.builder()
                  .method(SdkHttpMethod.fromValue(exchange.getRequestMethod()))
                  .uri(URI.create(url + exchange.getRequestURI()));
          exchange.getRequestHeaders().forEach(copy::putHeader);
          sent.add(copy.build());
          exchange.getRequestBody().readAllBytes();
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
    byte[] body = "[1]".getBytes(StandardCharsets.UTF_8);
    var signing = new Signing("AKIDEXAMPLE", "secret", "token");
    try (var store = new EndpointStore(S3Endpoint.of(url, signing), folder.resolve("signed"))) {
      StoredObject _ =
          store.put(
              new Bucket(ACCOUNT, "data"),
              "a/b c+ü.json",
              StoredObject.Kind.PLAIN,
              out -> out.write(body));
    } finally {
      server.stop(0);
    }
    SdkHttpRequest first = sent.getFirst();
    var unsigned =
        first.toBuilder()
            .removeHeader("Authorization")
            .removeHeader("Connection")
            .removeHeader("User-agent")
            .removeHeader("Content-length")
            .removeHeader("X-amz-date")
            .removeHeader("X-amz-security-token")
            .removeHeader("Host")
            .removeHeader("X-amz-content-sha256")
            .build();
    Instant at =
        DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'")
            .withZone(ZoneOffset.UTC)
            .parse(first.firstMatchingHeader("X-amz-date").orElseThrow(), Instant::from);
    var signed =
        AwsV4HttpSigner.create()
            .sign(r ->
                r.identity(
                        AwsSessionCredentialsIdentity.create(
                            signing.accessKey(), signing.secret(), "token"))
                    .request(unsigned)
                    .payload(() -> new ByteArrayInputStream(body))
                    .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "s3")
                    .putProperty(AwsV4HttpSigner.REGION_NAME, "us-east-1")
                    .putProperty(AwsV4HttpSigner.DOUBLE_URL_ENCODE, false)
                    .putProperty(AwsV4HttpSigner.NORMALIZE_PATH, false)
                    .putProperty(HttpSigner.SIGNING_CLOCK, Clock.fixed(at, ZoneOffset.UTC)));
    assertThat(first.firstMatchingHeader("Authorization"))
        .isEqualTo(signed.request().firstMatchingHeader("Authorization"));
  }
}
