package dev.tutti.services.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import dev.tutti.core.logs.Group;
import dev.tutti.services.House;
import dev.tutti.wire.ServiceError;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LogsServiceTest {
  private static final long DAY_MILLIS = 24L * 60 * 60 * 1000;
  private static final String GROUP = "/aws/lambda/say";

  @TempDir private Path directory;
  private House house;
  private long nowMillis;

  @BeforeEach
  void open() throws IOException {
    house = new House(directory);
    nowMillis = System.currentTimeMillis();
  }

  @AfterEach
  void close() throws IOException {
    house.close();
  }

  @Test
  void whatAFunctionPrintsIsInItsLogGroup() throws IOException {
    createFunction("");
    JsonNode said = invoke("one");
    invoke("two");

    assertThat(texts(call("DescribeLogGroups", "{}"), "logGroups", "logGroupName"))
        .containsExactly(GROUP);
    JsonNode streams = call("DescribeLogStreams", "{'logGroupName':'%s'}".formatted(GROUP));
    assertThat(texts(streams, "logStreams", "logStreamName"))
        .containsExactly(said.path("stream").asText());
    assertThat(said.path("stream").asText())
        .matches("\\d{4}/\\d\\d/\\d\\d/\\[\\$LATEST\\][0-9a-f]+");
    await()
        .untilAsserted(() ->
            assertThat(messages(call("FilterLogEvents", filter("{ $.said = * }"))))
                .containsExactly("{\"said\": \"one\"}", "{\"said\": \"two\"}"));
    await()
        .untilAsserted(
            () -> assertThat(messages(call("FilterLogEvents", filter("REPORT -two")))).hasSize(2));
    String start = messages(call("FilterLogEvents", filter("START"))).getFirst();
    assertThat(start)
        .startsWith("START RequestId: " + said.path("id").asText() + " Version: $LATEST");
  }

  @Test
  void groupsAreFoundByPartsOfTheirNames() {
    for (String group : List.of("/app/Orders", "/app/orders", "logs", "orders/old")) {
      call("CreateLogGroup", "{'logGroupName':'%s'}".formatted(group));
    }

    assertThat(groups("'logGroupNamePattern':'orders'"))
        .containsExactly("/app/orders", "orders/old");
    assertThat(groups("'logGroupNamePattern':'us-east-1'")).isEmpty();
    assertThat(groups("'logGroupNamePattern':'log'")).containsExactly("logs");
    assertThat(groups("'logGroupNamePrefix':'/app'")).containsExactly("/app/Orders", "/app/orders");
    assertRefused(
        "DescribeLogGroups",
        "{'logGroupNamePrefix':'/app','logGroupNamePattern':'orders'}",
        "LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.");
  }

  private List<String> groups(String by) {
    return texts(call("DescribeLogGroups", "{" + by + "}"), "logGroups", "logGroupName");
  }

  @Test
  void aDeletedGroupsLinesAreNotTheNextOnes() throws IOException {
    createFunction("");
    invoke("one");
    call("DeleteLogGroup", "{'logGroupName':'%s'}".formatted(GROUP));
    assertRefused("FilterLogEvents", filter(""), "The specified log group does not exist.");

    await().until(() -> System.currentTimeMillis() > nowMillis + 1);
    invoke("two");

    await()
        .untilAsserted(() ->
            assertThat(messages(call("FilterLogEvents", filter("said"))))
                .containsExactly("{\"said\": \"two\"}"));
  }

  @Test
  void inAGroupOfItsOwnChoiceAStreamSaysWhichFunctionItIs() throws IOException {
    createFunction(",'LoggingConfig':{'LogGroup':'shared/by.all'}");
    JsonNode said = invoke("one");

    JsonNode streams = call("DescribeLogStreams", "{'logGroupName':'shared/by.all'}");

    assertThat(texts(streams, "logStreams", "logStreamName"))
        .containsExactly(said.path("stream").asText());
    assertThat(said.path("stream").asText()).contains("/say[$LATEST]");
  }

  @Test
  void aStreamIsReadForwardsAndBackwards() {
    write("g", "s", 1, 2, 3, 4, 5);
    String ask = "{'logGroupName':'g','logStreamName':'s','limit':2%s}";

    JsonNode newest = call("GetLogEvents", ask.formatted(""));
    JsonNode older = call("GetLogEvents", ask.formatted(token(newest, "nextBackwardToken")));
    JsonNode again = call("GetLogEvents", ask.formatted(token(older, "nextForwardToken")));
    JsonNode end = call("GetLogEvents", ask.formatted(token(again, "nextForwardToken")));
    JsonNode first = call("GetLogEvents", ask.formatted(",'startFromHead':true"));

    assertThat(messages(newest)).containsExactly("s4", "s5");
    assertThat(messages(older)).containsExactly("s2", "s3");
    assertThat(messages(again)).containsExactly("s4", "s5");
    assertThat(messages(end)).isEmpty();
    assertThat(end.path("nextForwardToken")).isEqualTo(again.path("nextForwardToken"));
    assertThat(messages(first)).containsExactly("s1", "s2");
    assertThat(messages(call("GetLogEvents", window("s", 2, 4)))).containsExactly("s2", "s3");
    assertThat(messages(call("FilterLogEvents", between(2, 4)))).containsExactly("s2", "s3", "s4");
  }

  @Test
  void atItsEndAStreamIsReadTheOtherWay() {
    write("g", "s", 1, 2, 3);
    String ask = "{'logGroupName':'g','logStreamName':'s','limit':2%s}";
    JsonNode head = call("GetLogEvents", ask.formatted(",'startFromHead':true"));

    JsonNode before = call("GetLogEvents", ask.formatted(token(head, "nextBackwardToken")));
    JsonNode forth = call("GetLogEvents", ask.formatted(token(before, "nextForwardToken")));
    JsonNode last = call("GetLogEvents", ask.formatted(token(forth, "nextForwardToken")));
    JsonNode after = call("GetLogEvents", ask.formatted(token(last, "nextForwardToken")));
    JsonNode back = call("GetLogEvents", ask.formatted(token(after, "nextBackwardToken")));

    assertThat(messages(before)).isEmpty();
    assertThat(before.path("nextBackwardToken")).isEqualTo(head.path("nextBackwardToken"));
    assertThat(messages(forth)).containsExactly("s1", "s2");
    assertThat(messages(last)).containsExactly("s3");
    assertThat(messages(after)).isEmpty();
    assertThat(messages(back)).containsExactly("s2", "s3");
  }

  @Test
  void streamsAreFilteredInTheOrderOfTime() {
    write("g", "a", 1, 3, 5);
    write("g", "b", 2, 3, 4);
    write("g", "c", 3);

    List<String> all = new ArrayList<>();
    String token = "";
    int pages = 0;
    do {
      JsonNode page = call("FilterLogEvents", "{'logGroupName':'g','limit':2%s}".formatted(token));
      all.addAll(messages(page));
      token = page.has("nextToken") ? token(page, "nextToken") : "";
      pages++;
    } while (!token.isEmpty());

    assertThat(all).containsExactly("a1", "b2", "a3", "b3", "c3", "b4", "a5");
    assertThat(pages).isEqualTo(4);
    assertThat(messages(call("FilterLogEvents", "{'logGroupName':'g','filterPattern':'?a ?b4'}")))
        .containsExactly("a1", "a3", "b4", "a5");
    assertThat(messages(call("FilterLogEvents", "{'logGroupName':'g','logStreamNames':['b']}")))
        .containsExactly("b2", "b3", "b4");
    assertThat(messages(call("FilterLogEvents", "{'logGroupName':'g','logStreamNamePrefix':'c'}")))
        .containsExactly("c3");
  }

  @Test
  void aPageOfEventsHasAMebibyteAtMost() {
    createStream("g", "s");
    String large = "x".repeat(200_000);
    for (int i = 0; i < 7; i++) {
      put("g", "s", i, large + i);
    }

    JsonNode first = call("FilterLogEvents", "{'logGroupName':'g'}");
    JsonNode second =
        call("FilterLogEvents", "{'logGroupName':'g'%s}".formatted(token(first, "nextToken")));
    JsonNode newest = call("GetLogEvents", "{'logGroupName':'g','logStreamName':'s'}");

    assertThat(messages(first)).hasSize(5).last().asString().endsWith("x4");
    assertThat(messages(second)).hasSize(2).first().asString().endsWith("x5");
    assertThat(second.has("nextToken")).isFalse();
    assertThat(messages(newest)).hasSize(5).first().asString().endsWith("x2");
  }

  @Test
  void streamsAreShownByNameOrByTheirLastEvent() throws InterruptedException {
    for (String stream : List.of("b", "a", "c")) {
      write("g", stream, 1);
      Thread.sleep(2); // the next one is of a later time
    }

    assertThat(streams("")).containsExactly("a", "b", "c");
    assertThat(streams(",'descending':true")).containsExactly("c", "b", "a");
    assertThat(streams(",'orderBy':'LastEventTime'")).containsExactly("b", "a", "c");
    JsonNode page = describe(",'orderBy':'LastEventTime','descending':true,'limit':2");
    assertThat(texts(page, "logStreams", "logStreamName")).containsExactly("c", "a");
    assertThat(streams(",'orderBy':'LastEventTime','descending':true" + token(page, "nextToken")))
        .containsExactly("b");
    assertThat(streams(",'logStreamNamePrefix':'b'")).containsExactly("b");
    assertRefused(
        "DescribeLogStreams",
        "{'logGroupName':'g','orderBy':'LastEventTime','logStreamNamePrefix':'b'}",
        "Cannot order by LastEventTime with a logStreamNamePrefix.");
  }

  @Test
  void whatIsOlderThanTheRetentionIsNotShown() {
    Group kept = new Group("arn:aws:logs:us-east-1:111111111111:log-group:g", true, 5, 1);
    long nowMillis = 10 * DAY_MILLIS;

    assertThat(Shelf.of(kept, List.of(), nowMillis).sinceMillis()).isEqualTo(9 * DAY_MILLIS);
    assertThat(Shelf.of(kept, List.of(), DAY_MILLIS + 4).sinceMillis()).isEqualTo(5);
  }

  @Test
  void whatIsOlderThanTheRetentionIsNotTaken() {
    createStream("g", "s");
    call("PutRetentionPolicy", "{'logGroupName':'g','retentionInDays':1}");
    ObjectNode ask = Json.object().put("logGroupName", "g").put("logStreamName", "s");
    ArrayNode events = ask.putArray("logEvents");
    for (int days : new int[] {20, 2, 0}) {
      events
          .addObject()
          .put("timestamp", nowMillis - days * DAY_MILLIS)
          .put("message", days + " days old");
    }

    JsonNode rejected =
        house.call("logs", "PutLogEvents", Json.write(ask)).path("rejectedLogEventsInfo");

    assertThat(rejected)
        .isEqualTo(
            Json.object().put("tooOldLogEventEndIndex", 1).put("expiredLogEventEndIndex", 2));
    assertThat(messages(call("FilterLogEvents", "{'logGroupName':'g'}")))
        .containsExactly("0 days old");
  }

  @Test
  void whatCannotBeFiltered() {
    createStream("g", "s");
    assertRefused(
        "FilterLogEvents",
        "{'logGroupName':'g','filterPattern':'a:b'}",
        "Invalid character(s) in term ':'");
    assertRefused(
        "FilterLogEvents",
        "{'logGroupName':'g','logStreamNames':['other']}",
        "The specified log stream does not exist.");
    assertRefused(
        "FilterLogEvents",
        "{'logGroupName':'g','logStreamNames':['s'],'logStreamNamePrefix':'s'}",
        "logStreamNames and logStreamNamePrefix cannot both be specified.");
    assertRefused(
        "FilterLogEvents",
        "{'logGroupName':'g','nextToken':'mine'}",
        "The specified nextToken is invalid.");
  }

  private void createFunction(String more) throws IOException {
    String code =
        """
        import json
        def handler(event, context):
            print(json.dumps({'said': event}))
            return {'id': context.aws_request_id, 'stream': context.log_stream_name}
        """;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("app.py"));
      zip.write(code.getBytes(StandardCharsets.UTF_8));
    }
    house.call(
        "lambda",
        "CreateFunction",
        """
        {'FunctionName':'say','Role':'arn:aws:iam::111111111111:role/r','Runtime':'python3.12',
         'Handler':'app.handler','Timeout':20,'Code':{'ZipFile':'%s'}%s}
        """
            .formatted(Base64.getEncoder().encodeToString(bytes.toByteArray()), more)
            .replace('\'', '"'));
  }

  private JsonNode invoke(String event) {
    String payload =
        Base64.getEncoder()
            .encodeToString(Json.write(Json.text(event)).getBytes(StandardCharsets.UTF_8));
    JsonNode answer =
        house.call(
            "lambda", "Invoke", "{\"FunctionName\":\"say\",\"Payload\":\"%s\"}".formatted(payload));
    return Json.parse(Base64.getDecoder().decode(answer.path("Payload").asText()));
  }

  /** Creates a stream, and its group where it isn't there, with events at some milliseconds. */
  private void write(String group, String stream, int... millis) {
    createStream(group, stream);
    for (int at : millis) {
      put(group, stream, at, stream + at);
    }
  }

  private void createStream(String group, String stream) {
    if (call("DescribeLogGroups", "{}").path("logGroups").isEmpty()) {
      call("CreateLogGroup", "{'logGroupName':'%s'}".formatted(group));
      nowMillis = System.currentTimeMillis();
    }
    call("CreateLogStream", "{'logGroupName':'%s','logStreamName':'%s'}".formatted(group, stream));
  }

  private void put(String group, String stream, long at, String message) {
    ObjectNode ask = Json.object().put("logGroupName", group).put("logStreamName", stream);
    ask.putArray("logEvents").addObject().put("timestamp", nowMillis + at).put("message", message);
    house.call("logs", "PutLogEvents", Json.write(ask));
  }

  private String window(String stream, long from, long to) {
    return "{'logGroupName':'g','logStreamName':'%s','startTime':%d,'endTime':%d}"
        .formatted(stream, nowMillis + from, nowMillis + to);
  }

  private String between(long from, long to) {
    return "{'logGroupName':'g','startTime':%d,'endTime':%d}"
        .formatted(nowMillis + from, nowMillis + to);
  }

  private JsonNode describe(String more) {
    return call("DescribeLogStreams", "{'logGroupName':'g'%s}".formatted(more));
  }

  private List<String> streams(String more) {
    return texts(describe(more), "logStreams", "logStreamName");
  }

  private static String filter(String pattern) {
    return "{'logGroupName':'%s','filterPattern':'%s'}".formatted(GROUP, pattern);
  }

  private static String token(JsonNode answer, String name) {
    return ",'nextToken':'%s'".formatted(answer.path(name).asText());
  }

  private JsonNode call(String operation, String input) {
    return house.call("logs", operation, input.replace('\'', '"'));
  }

  private void assertRefused(String operation, String input, String message) {
    assertThatThrownBy(() -> call(operation, input))
        .isInstanceOf(ServiceError.class)
        .hasMessage(message);
  }

  private static List<String> messages(JsonNode answer) {
    return texts(answer, "events", "message");
  }

  private static List<String> texts(JsonNode answer, String list, String member) {
    List<String> texts = new ArrayList<>();
    answer.path(list).forEach(item -> texts.add(item.path(member).asText()));
    return texts;
  }
}
