package dev.tutti.services.states;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.json.Json;
import dev.tutti.host.MemoryStore;
import dev.tutti.services.objects.Bucket;
import dev.tutti.services.objects.FolderStore;
import dev.tutti.services.objects.StoredObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Distributed Map states over a folder that stands in for a bucket. */
final class DistributedMapTest {
  private static final Bucket BUCKET = new Bucket(States.ACCOUNT, "data");

  @SuppressWarnings("NullAway.Init") // set by JUnit
  @TempDir
  private Path folder;

  @SuppressWarnings("NullAway.Init") // set before each test
  private FolderStore objects;

  @SuppressWarnings("NullAway.Init") // set before each test
  private States states;

  @BeforeEach
  void start() throws IOException {
    objects = new FolderStore(folder);
    assertThat(objects.create(BUCKET)).isTrue();
    states = new States(new MemoryStore(), input -> input, objects);
  }

  @AfterEach
  void stop() {
    states.close();
  }

  private void put(String key, String content) throws IOException {
    StoredObject stored =
        objects.put(
            BUCKET,
            key,
            StoredObject.Kind.PLAIN,
            out -> out.write(content.getBytes(StandardCharsets.UTF_8)));
    assertThat(stored.size()).isPositive();
  }

  private String get(String key) throws IOException {
    try (InputStream in = objects.open(BUCKET, key, 0)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Runs a Map state with these fields, whose children give their input. */
  private JsonNode run(String fields, String type) {
    String machine =
        states.machine(
            "m",
            """
            {"StartAt": "M", "States": {"M": {"Type": "Map", "Label": "L", "End": true, %s,
              "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "%s"},
                "StartAt": "P", "States": {"P": {"Type": "Pass", "End": true}}}}}}
            """
                .formatted(fields, type));
    return states.ended(states.start(machine, "{}"));
  }

  private static String reader(String key, String config) {
    return """
    "ItemReader": {"Resource": "arn:aws:states:::s3:getObject",
      "ReaderConfig": {%s}, "Parameters": {"Bucket": "data", "Key": "%s"}}\
    """
        .formatted(config, key);
  }

  private static String output(JsonNode ended) {
    assertThat(ended.path("status").asText()).as(ended.toString()).isEqualTo("SUCCEEDED");
    return ended.path("output").asText();
  }

  @Test
  void csvWithQuotesDelimiterAndItsHeadersInTheFirstRow() throws IOException {
    put("a.csv", "id|text\n1|\"a|\"\"b\"\"\nc\"\n\n2\n");
    String fields =
        reader(
            "a.csv",
            """
            "InputType": "CSV", "CSVHeaderLocation": "FIRST_ROW", "CSVDelimiter": "PIPE"
            """);
    assertThat(output(run(fields, "STANDARD")))
        .isEqualTo("[{\"id\":\"1\",\"text\":\"a|\\\"b\\\"\\nc\"},{\"id\":\"2\",\"text\":\"\"}]");
  }

  @Test
  void csvWithBackslashes() throws IOException {
    put("a.csv", "path,a\\,b\nC:\\\\x\\y,\"1\\\"2,\\\\\\z\"\n\\\"q\\\",end\\\n");
    String config = "\"InputType\": \"CSV\", \"CSVHeaderLocation\": \"FIRST_ROW\"";
    JsonNode rows = Json.parse(output(run(reader("a.csv", config), "STANDARD")));
    assertThat(rows.findValuesAsText("path")).containsExactly("C:\\xy", "\"q\"");
    assertThat(rows.findValuesAsText("a,b")).containsExactly("1\"2,\\z", "end");
  }

  @Test
  void jsonInsideOfADocumentAndLinesOfJson() throws IOException {
    put("a.json", "{\"x\": 1, \"deep\": {\"list\": [1, \"two\", {\"three\": [3]}]}, \"y\": []}");
    assertThat(
            output(
                run(
                    reader("a.json", "\"InputType\": \"JSON\", \"ItemsPointer\": \"/deep/list\""),
                    "EXPRESS")))
        .isEqualTo("[1,\"two\",{\"three\":[3]}]");
  }

  @Test
  void linesOfJsonAndNoMoreThanMaxItems() throws IOException {
    put("a.jsonl", "1\n{\"a\":2}\n\n3\n4\n");
    assertThat(
            output(run(reader("a.jsonl", "\"InputType\": \"JSONL\", \"MaxItems\": 3"), "STANDARD")))
        .isEqualTo("[1,{\"a\":2},3]");
  }

  @Test
  void theObjectsThemselvesOrWhatTheyHold() throws IOException {
    put("in/b.json", "[3]");
    put("in/a.json", "[1,2]");
    put("other.json", "[4]");
    String list =
        """
        "ItemReader": {"Resource": "arn:aws:states:::s3:listObjectsV2",
          "Parameters": {"Bucket": "data", "Prefix": "in/"}}\
        """;
    JsonNode listed = Json.parse(output(run(list, "EXPRESS")));
    assertThat(listed.findValuesAsText("Key")).containsExactly("in/a.json", "in/b.json");
    assertThat(listed.get(0).path("Size").asInt()).isEqualTo(5);
  }

  @Test
  void whatListedObjectsHold() throws IOException {
    put("in/b.json", "[3]");
    put("in/a.json", "[1,2]");
    assertThat(
            output(
                run(
                    """
                    "ItemReader": {"Resource": "arn:aws:states:::s3:listObjectsV2",
                      "ReaderConfig": {"InputType": "JSON", "Transformation": "LOAD_AND_FLATTEN"},
                      "Parameters": {"Bucket": "data", "Prefix": "in/"}}
                    """,
                    "EXPRESS")))
        .isEqualTo("[1,2,3]");
  }

  private void pack(String key, String content) throws IOException {
    var packed = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(packed)) {
      out.write(content.getBytes(StandardCharsets.UTF_8));
    }
    StoredObject stored =
        objects.put(BUCKET, key, StoredObject.Kind.PLAIN, out -> packed.writeTo(out));
    assertThat(stored.size()).isPositive();
  }

  @Test
  void packedCsv() throws IOException {
    pack("a.csv.gz", "id,text\n1,a\n2,b\n");
    String config = "\"InputType\": \"CSV\", \"CSVHeaderLocation\": \"FIRST_ROW\"";
    assertThat(output(run(reader("a.csv.gz", config), "STANDARD")))
        .isEqualTo("[{\"id\":\"1\",\"text\":\"a\"},{\"id\":\"2\",\"text\":\"b\"}]");
  }

  @Test
  void packedLinesOfJson() throws IOException {
    pack("a.jsonl.gz", "1\n{\"a\":2}\n");
    assertThat(output(run(reader("a.jsonl.gz", "\"InputType\": \"JSONL\""), "STANDARD")))
        .isEqualTo("[1,{\"a\":2}]");
  }

  @Test
  void packedJsonOverManyPages() throws IOException {
    String array =
        IntStream.range(0, 1234)
            .mapToObj(i -> "{\"n\":" + i + "}")
            .collect(java.util.stream.Collectors.joining(",", "[", "]"));
    pack("many.json.gz", array);
    assertThat(output(run(reader("many.json.gz", "\"InputType\": \"JSON\""), "EXPRESS")))
        .isEqualTo(array);
  }

  @Test
  void zstandardIsRefusedByName() throws IOException {
    put("a.jsonl.zst", "1\n");
    JsonNode ended = run(reader("a.jsonl.zst", "\"InputType\": \"JSONL\""), "EXPRESS");
    assertThat(ended.path("error").asText()).isEqualTo("States.ItemReaderFailed");
    assertThat(ended.path("cause").asText())
        .isEqualTo(
            "The object a.jsonl.zst is packed with Zstandard, which is not read by this runtime.");
  }

  @Test
  void whatAManifestOfAthenasNames() throws IOException {
    put("q/m.csv", "s3://data/q/1.gz\n\"s3://data/q/2\"\n");
    pack("q/1.gz", "1,Ada\n2,\"B, b\"\n");
    put("q/2", "3,C\n");
    String config =
        """
        "ManifestType": "ATHENA_DATA", "InputType": "CSV", "CSVHeaderLocation": "GIVEN",
        "CSVHeaders": ["id", "name"]\
        """;
    assertThat(output(run(reader("q/m.csv", config), "EXPRESS")))
        .isEqualTo(
            "[{\"id\":\"1\",\"name\":\"Ada\"},{\"id\":\"2\",\"name\":\"B,"
                + " b\"},{\"id\":\"3\",\"name\":\"C\"}]");
  }

  @Test
  void aManifestOfAthenasOverManyPages() throws IOException {
    int next = 0;
    var manifest = new StringBuilder();
    for (int file = 0; file < 4; file++) {
      var lines = new StringBuilder();
      for (int i = 0; i < (file == 1 ? 0 : 500); i++) {
        lines.append(next++).append('\n');
      }
      pack("q/" + file + ".gz", lines.toString());
      manifest.append("s3://data/q/").append(file).append(".gz\n");
    }
    put("q/m.csv", manifest.toString());
    String config = "\"ManifestType\": \"ATHENA_DATA\", \"InputType\": \"JSONL\"";
    JsonNode read = Json.parse(output(run(reader("q/m.csv", config), "EXPRESS")));
    assertThat(read).hasSize(1_500);
    for (int i = 0; i < 1_500; i++) {
      assertThat(read.get(i).asInt()).isEqualTo(i);
    }
  }

  @Test
  void parquetIsRefusedByName() throws IOException {
    put("q/m.csv", "s3://data/q/1\n");
    put("q/1", "PAR1");
    String config = "\"ManifestType\": \"ATHENA_DATA\", \"InputType\": \"PARQUET\"";
    assertThat(run(reader("q/m.csv", config), "EXPRESS").path("cause").asText())
        .isEqualTo("The InputType PARQUET is not read by this runtime.");
  }

  @Test
  void aManifestThatNamesNoObjectsIsRefused() throws IOException {
    put("q/bad.csv", "q/1\n");
    String config = "\"ManifestType\": \"ATHENA_DATA\", \"InputType\": \"JSONL\"";
    assertThat(run(reader("q/bad.csv", config), "EXPRESS").path("cause").asText())
        .isEqualTo("A line of the manifest names no object: q/1");
  }

  @Test
  void manyItemsOverManyPages() throws IOException {
    String array =
        IntStream.range(0, 1234)
            .mapToObj(i -> "{\"n\": " + i + "}")
            .collect(java.util.stream.Collectors.joining(" ,\n", "[", "]"));
    put("many.json", array);
    String fields =
        reader("many.json", "\"InputType\": \"JSON\"")
            + """
            , "ItemBatcher": {"MaxItemsPerBatch": 100, "BatchInput": {"b": 1}},
            "ItemSelector": {"i.$": "$$.Map.Item.Index", "v.$": "$$.Map.Item.Value.n"},
            "ResultWriter": {"WriterConfig": {"Transformation": "COMPACT"}}
            """;
    JsonNode batches = Json.parse(output(run(fields, "EXPRESS")));
    assertThat(batches).hasSize(13);
    int next = 0;
    for (JsonNode batch : batches) {
      assertThat(batch.path("BatchInput").path("b").asInt()).isEqualTo(1);
      for (JsonNode item : batch.path("Items")) {
        assertThat(item.path("i").asInt()).isEqualTo(next);
        assertThat(item.path("v").asInt()).isEqualTo(next++);
      }
    }
    assertThat(next).isEqualTo(1234);
  }

  @Test
  void resultsAreWrittenWithAManifest() throws IOException {
    String machine = writes("JSONL");
    JsonNode ended = states.ended(states.start(machine, "{\"list\": [[1,2],[0],[3]]}"));
    JsonNode where = Json.parse(output(ended));
    String key = where.path("ResultWriterDetails").path("Key").asText();
    assertThat(where.path("ResultWriterDetails").path("Bucket").asText()).isEqualTo("data");
    JsonNode manifest = Json.parse(get(key));
    assertThat(manifest.path("MapRunArn")).isEqualTo(where.path("MapRunArn"));
    JsonNode files = manifest.path("ResultFiles");
    assertThat(files.path("PENDING")).isEmpty();
    assertThat(get(files.path("SUCCEEDED").get(0).path("Key").asText())).isEqualTo("1\n2\n3\n");
    JsonNode failed = Json.parse(get(files.path("FAILED").get(0).path("Key").asText()));
    assertThat(failed.path("Error").asText()).isEqualTo("Zero");
    assertThat(failed.path("Input").asText()).isEqualTo("[0]");
    JsonNode run =
        states.call(
            "DescribeMapRun", Json.object().put("mapRunArn", where.path("MapRunArn").asText()));
    assertThat(run.path("itemCounts").path("resultsWritten").asInt()).isEqualTo(2);
  }

  @Test
  void resultsThatHoldNothingAreAnEmptyList() throws IOException {
    JsonNode ended = states.ended(states.start(writes("JSON"), "{\"list\": [[],[]]}"));
    String key = Json.parse(output(ended)).path("ResultWriterDetails").path("Key").asText();
    JsonNode written = Json.parse(get(key)).path("ResultFiles").path("SUCCEEDED");
    assertThat(get(written.get(0).path("Key").asText())).isEqualTo("[]");
    assertThat(written.get(0).path("Size").asInt()).isEqualTo(2);
  }

  /** A machine whose children give back their items, but fail for a list that begins with 0. */
  private String writes(String outputType) {
    String fields =
        """
        "ItemsPath": "$$.Execution.Input.list", "ToleratedFailurePercentage": 100,
        "ResultWriter": {"Resource": "arn:aws:states:::s3:putObject",
          "Parameters": {"Bucket": "data", "Prefix": "out"},
          "WriterConfig": {"Transformation": "FLATTEN", "OutputType": "%s"}}\
        """
            .formatted(outputType);
    return states.machine(
        "w",
        """
        {"StartAt": "M", "States": {"M": {"Type": "Map", "Label": "L", "End": true, %s,
          "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"},
            "StartAt": "C", "States": {
            "C": {"Type": "Choice", "Default": "P", "Choices": [{"And": [
              {"Variable": "$[0]", "IsPresent": true}, {"Variable": "$[0]", "NumericEquals": 0}],
              "Next": "F"}]},
            "P": {"Type": "Pass", "End": true},
            "F": {"Type": "Fail", "Error": "Zero"}}}}}}
        """
            .formatted(fields));
  }

  @Test
  void whatCanNotBeReadFailsTheStateWithItsReason() throws IOException {
    put("a.json", "{\"a\": 1}");
    JsonNode ended = run(reader("a.json", "\"InputType\": \"JSON\""), "STANDARD");
    assertThat(ended.path("error").asText()).isEqualTo("States.ItemReaderFailed");
    assertThat(ended.path("cause").asText()).isEqualTo("Attempting to map over non-iterable node.");
  }

  @Test
  void whatCanNotBeWrittenFailsTheState() throws IOException {
    put("a.jsonl", "1\n");
    JsonNode ended =
        run(
            reader("a.jsonl", "\"InputType\": \"JSONL\"")
                + """
                , "ResultWriter": {"Resource": "arn:aws:states:::s3:putObject",
                  "Parameters": {"Bucket": "nowhere"}}\
                """,
            "EXPRESS");
    assertThat(ended.path("error").asText()).isEqualTo("States.ResultWriterFailed");
  }

  @Test
  void aRedriveReadsAgainWhatCouldNotBeRead() throws IOException {
    String machine =
        states.machine(
            "r",
            """
            {"StartAt": "M", "States": {"M": {"Type": "Map", "Label": "L", "End": true, %s,
              "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"},
                "StartAt": "P", "States": {"P": {"Type": "Pass", "End": true}}}}}}
            """
                .formatted(reader("late.json", "\"InputType\": \"JSON\"")));
    String execution = states.start(machine, "{}");
    assertThat(states.ended(execution).path("error").asText()).isEqualTo("States.ItemReaderFailed");
    put("late.json", "[1,2]");
    JsonNode _ = states.call("RedriveExecution", Json.object().put("executionArn", execution));
    JsonNode ended = states.ended(execution);
    assertThat(output(ended)).isEqualTo("[1,2]");
    assertThat(ended.path("redriveCount").asInt()).isEqualTo(1);
    JsonNode events =
        states
            .call("GetExecutionHistory", Json.object().put("executionArn", execution))
            .path("events");
    assertThat(events.findValuesAsText("type"))
        .containsSubsequence(
            "MapRunFailed",
            "ExecutionFailed",
            "ExecutionRedriven",
            "MapRunRedriven",
            "MapRunSucceeded",
            "ExecutionSucceeded");
  }

  @Test
  void aRunGoesOnWhereItWasWhenTheProcessEnded() throws IOException {
    put(
        "many.jsonl",
        IntStream.range(0, 3000)
            .mapToObj(Integer::toString)
            .collect(java.util.stream.Collectors.joining("\n")));
    states.close();
    var store = new MemoryStore();
    states = new States(store, input -> input, objects);
    String machine =
        states.machine(
            "k",
            """
            {"StartAt": "M", "States": {"M": {"Type": "Map", "Label": "L", "End": true, %s,
              "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"},
                "StartAt": "P", "States": {"P": {"Type": "Pass", "End": true}}}}}}
            """
                .formatted(reader("many.jsonl", "\"InputType\": \"JSONL\"")));
    String execution = states.start(machine, "{}");
    for (int lives = 0; lives < 5; lives++) {
      states.close();
      states = new States(store, input -> input, objects);
    }
    JsonNode outputs = Json.parse(output(states.ended(execution)));
    assertThat(outputs).hasSize(3000);
    for (int i = 0; i < 3000; i++) {
      assertThat(outputs.get(i).asInt()).isEqualTo(i);
    }
  }

  @Test
  void filesThatLieInTheFolderAreObjects() throws IOException {
    Path _ = Files.writeString(folder.resolve(States.ACCOUNT).resolve("data/hand.jsonl"), "7\n");
    assertThat(output(run(reader("hand.jsonl", "\"InputType\": \"JSONL\""), "STANDARD")))
        .isEqualTo("[7]");
  }
}
