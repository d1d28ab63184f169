package dev.tutti.services.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.json.Json;
import dev.tutti.services.House;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Queues as sources of functions, and queues that are told how asynchronous invocations end. */
class EventSourcesTest {
  private static final String QUEUE = "arn:aws:sqs:us-east-1:111111111111:jobs";
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir private Path directory;
  private House house;

  @BeforeEach
  void open() throws IOException {
    house = new House(directory);
  }

  @AfterEach
  void close() throws IOException {
    house.close();
  }

  @Test
  void whatTheFunctionReportsStaysInTheQueue() throws IOException {
    Path seen = directory.resolve("seen");
    function(
        "work",
        """
        def handler(event, context):
            failures = []
            for record in event['Records']:
                open('%s', 'a').write(record['body'] + '\\n')
                if 'bad' in record['body']:
                    failures.append({'itemIdentifier': record['messageId']})
            return {'batchItemFailures': failures}
        """
            .formatted(seen));
    String queue = queue("jobs");
    JsonNode mapping =
        lambda(
            "CreateEventSourceMapping",
            "{'FunctionName':'work','EventSourceArn':'"
                + QUEUE
                + "','FunctionResponseTypes':['ReportBatchItemFailures'],"
                + "'FilterCriteria':{'Filters':[{'Pattern':"
                + "'{\\\"body\\\":{\\\"kind\\\":[\\\"job\\\"]}}'}]}}");
    assertThat(mapping.path("State").asText()).isEqualTo("Creating");
    for (String name : new String[] {"good", "bad"}) {
      send(queue, "{\\\"kind\\\":\\\"job\\\",\\\"name\\\":\\\"" + name + "\\\"}");
    }
    send(queue, "no job");

    await()
        .atMost(PATIENCE)
        .until(() -> Files.exists(seen) && Files.readAllLines(seen).size() == 2);
    await().atMost(PATIENCE).until(() -> held(queue) == 1);
    assertThat(Files.readString(seen)).contains("good").contains("bad").doesNotContain("no job");

    String id = mapping.path("UUID").asText();
    assertThat(lambda("GetEventSourceMapping", "{'UUID':'" + id + "'}").path("State").asText())
        .isEqualTo("Enabled");
    assertThatThrownBy(() ->
            lambda(
                "CreateEventSourceMapping",
                "{'FunctionName':'work','EventSourceArn':'" + QUEUE + "'}"))
        .hasMessageContaining("already exists. Please update or delete the existing mapping");
    lambda("DeleteEventSourceMapping", "{'UUID':'" + id + "'}");
    assertThat(lambda("ListEventSourceMappings", "{}").path("EventSourceMappings")).isEmpty();
  }

  @Test
  void theEndOfAnAsynchronousInvocationIsTold() throws IOException {
    function(
        "maybe",
        """
        def handler(event, context):
            if event.get('fail'):
                raise ValueError('no')
            return 'yes'
        """);
    String queue = queue("jobs");
    lambda(
        "PutFunctionEventInvokeConfig",
        "{'FunctionName':'maybe','MaximumRetryAttempts':0,'DestinationConfig':{'OnSuccess':"
            + "{'Destination':'"
            + QUEUE
            + "'},'OnFailure':{'Destination':'"
            + QUEUE
            + "'}}}");

    JsonNode success = told(queue, "{}");
    JsonNode failure = told(queue, "{\"fail\":1}");

    assertThat(success.path("requestContext").path("condition").asText()).isEqualTo("Success");
    assertThat(success.path("responsePayload").asText()).isEqualTo("yes");
    assertThat(failure.path("requestContext").path("condition").asText())
        .isEqualTo("RetriesExhausted");
    assertThat(failure.path("requestPayload")).isEqualTo(Json.object().put("fail", 1));
    assertThat(failure.path("responseContext").path("functionError").asText())
        .isEqualTo("Unhandled");
    assertThat(failure.path("responsePayload").path("errorMessage").asText()).isEqualTo("no");
  }

  /** The record of an invocation, taken from the queue that is told. */
  private JsonNode told(String queue, String event) {
    lambda(
        "Invoke",
        "{'FunctionName':'maybe','InvocationType':'Event','Payload':'"
            + Base64.getEncoder().encodeToString(event.getBytes(StandardCharsets.UTF_8))
            + "'}");
    JsonNode message =
        call("sqs", "ReceiveMessage", "{'QueueUrl':'" + queue + "','WaitTimeSeconds':20}")
            .path("Messages")
            .path(0);
    call(
        "sqs",
        "DeleteMessage",
        "{'QueueUrl':'"
            + queue
            + "','ReceiptHandle':'"
            + message.path("ReceiptHandle").asText()
            + "'}");
    return Json.parse(message.path("Body").asText());
  }

  private int held(String queue) {
    JsonNode attributes =
        call("sqs", "GetQueueAttributes", "{'QueueUrl':'" + queue + "','AttributeNames':['All']}")
            .path("Attributes");
    return attributes.path("ApproximateNumberOfMessages").asInt()
        + attributes.path("ApproximateNumberOfMessagesNotVisible").asInt();
  }

  private void send(String queue, String body) {
    call("sqs", "SendMessage", "{'QueueUrl':'" + queue + "','MessageBody':'" + body + "'}");
  }

  private String queue(String name) {
    return call("sqs", "CreateQueue", "{'QueueName':'" + name + "'}").path("QueueUrl").asText();
  }

  private void function(String name, String code) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("main.py"));
      zip.write(code.getBytes(StandardCharsets.UTF_8));
    }
    lambda(
        "CreateFunction",
        "{'FunctionName':'"
            + name
            + "','Runtime':'python3.12','Handler':'main.handler',"
            + "'Role':'arn:aws:iam::111111111111:role/r','Timeout':10,'Code':{'ZipFile':'"
            + Base64.getEncoder().encodeToString(bytes.toByteArray())
            + "'}}");
  }

  private JsonNode lambda(String operation, String input) {
    return call("lambda", operation, input);
  }

  private JsonNode call(String service, String operation, String input) {
    return house.call(service, operation, input.replace('\'', '"'));
  }
}
