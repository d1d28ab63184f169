package dev.tutti.services.sqs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import dev.tutti.services.House;
import dev.tutti.wire.ServiceError;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqsServiceTest {
  private static final String URL = "http://127.0.0.1:4566/111111111111/";
  private static final String ARN = "arn:aws:sqs:us-east-1:111111111111:";

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
  void aMessageIsSentReceivedAndDeleted() {
    assertThat(call("CreateQueue", "{'QueueName':'q'}").path("QueueUrl").asText())
        .isEqualTo(URL + "q");
    JsonNode sent =
        call(
            "SendMessage",
            "{'QueueUrl':'"
                + URL
                + "q','MessageBody':'hello','MessageAttributes':"
                + "{'Foo':{'DataType':'String','StringValue':'Bar'}}}");
    // The sum that AWS answers to the same attributes.
    assertThat(sent.path("MD5OfMessageAttributes").asText())
        .isEqualTo("ae7155c6026991b6d54b11589678bf9c");

    JsonNode message =
        call(
                "ReceiveMessage",
                "{'QueueUrl':'"
                    + URL
                    + "q','AttributeNames':['All'],'MessageAttributeNames':"
                    + "['F.*']}")
            .path("Messages")
            .path(0);

    assertThat(message.path("Body").asText()).isEqualTo("hello");
    assertThat(message.path("MessageId")).isEqualTo(sent.path("MessageId"));
    assertThat(message.at("/Attributes/ApproximateReceiveCount").asText()).isEqualTo("1");
    assertThat(message.at("/MessageAttributes/Foo/StringValue").asText()).isEqualTo("Bar");
    assertThat(counts()).isEqualTo("0/0/1");
    call(
        "DeleteMessage",
        "{'QueueUrl':'"
            + URL
            + "q','ReceiptHandle':'"
            + message.path("ReceiptHandle").asText()
            + "'}");
    assertThat(counts()).isEqualTo("0/0/0");
  }

  private String counts() {
    JsonNode attributes =
        call("GetQueueAttributes", "{'QueueUrl':'" + URL + "q','AttributeNames':['All']}")
            .path("Attributes");
    return attributes.path("ApproximateNumberOfMessages").asText()
        + '/'
        + attributes.path("ApproximateNumberOfMessagesDelayed").asText()
        + '/'
        + attributes.path("ApproximateNumberOfMessagesNotVisible").asText();
  }

  @Test
  void whoWaitsIsWokenByAMessage() {
    call("CreateQueue", "{'QueueName':'q'}");
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      var waiting =
          CompletableFuture.supplyAsync(
              () -> call("ReceiveMessage", "{'QueueUrl':'" + URL + "q','WaitTimeSeconds':20}"),
              executor);
      call("SendMessage", "{'QueueUrl':'" + URL + "q','MessageBody':'late','DelaySeconds':1}");
      await().atMost(Duration.ofSeconds(10)).until(waiting::isDone);

      assertThat(waiting.join().at("/Messages/0/Body").asText()).isEqualTo("late");
    }
  }

  @Test
  void aBatchSaysWhatFailed() {
    call("CreateQueue", "{'QueueName':'q'}");

    JsonNode answer =
        call(
            "SendMessageBatch",
            "{'QueueUrl':'"
                + URL
                + "q','Entries':[{'Id':'a','MessageBody':'1'},"
                + "{'Id':'b','MessageBody':'\\u0001'}]}");

    assertThat(answer.at("/Successful/0/Id").asText()).isEqualTo("a");
    assertThat(answer.at("/Failed/0/Id").asText()).isEqualTo("b");
    assertThat(answer.at("/Failed/0/Code").asText()).isEqualTo("InvalidMessageContents");
    assertThatThrownBy(() ->
            call(
                "SendMessageBatch",
                "{'QueueUrl':'"
                    + URL
                    + "q','Entries':[{'Id':'a','MessageBody':'1'},"
                    + "{'Id':'a','MessageBody':'2'}]}"))
        .isInstanceOfSatisfying(
            ServiceError.class,
            error -> assertThat(error.code()).isEqualTo("BatchEntryIdsNotDistinct"));
  }

  @Test
  void aBatchsTooLargeMessageFailsAlone() {
    call("CreateQueue", "{'QueueName':'q','Attributes':{'MaximumMessageSize':'1024'}}");

    JsonNode answer =
        call(
            "SendMessageBatch",
            "{'QueueUrl':'"
                + URL
                + "q','Entries':[{'Id':'a','MessageBody':'"
                + "x".repeat(1024)
                + "'},{'Id':'b','MessageBody':'"
                + "x".repeat(1017)
                + "','MessageAttributes':{'k':{'DataType':'String','StringValue':'v'}}}]}");

    assertThat(answer.path("Successful").findValuesAsText("Id")).containsExactly("a");
    assertThat(answer.path("Failed"))
        .isEqualTo(
            Json.parse(
                """
                [{"Id":"b","SenderFault":true,"Code":"InvalidParameterValue","Message":\
                "One or more parameters are invalid. Reason: Message must be shorter than 1024 \
                bytes."}]\
                """));
  }

  @Test
  void aQueuesAddressMayEndInASlashAndNeedsNoHost() {
    call("CreateQueue", "{'QueueName':'q'}");
    call("SendMessage", "{'QueueUrl':'" + URL + "q/','MessageBody':'1'}");
    call("SendMessage", "{'QueueUrl':'/111111111111/q','MessageBody':'2'}");

    assertThat(counts()).isEqualTo("2/0/0");
    assertRefused(
        "SendMessage", "{'QueueUrl':'" + URL + "q//','MessageBody':'1'}", "InvalidAddress");
  }

  @Test
  void aDeadLetterQueueChoosesWhoseItIs() {
    for (String name : List.of("dead", "work", "other")) {
      call("CreateQueue", "{'QueueName':'" + name + "'}");
    }
    String redrive = "{'deadLetterTargetArn':'" + ARN + "dead','maxReceiveCount':1}";
    String denied = "The dead-letter target's RedriveAllowPolicy does not allow this source queue.";
    String byQueue = "{'redrivePermission':'byQueue','sourceQueueArns':['" + ARN + "work']}";

    set("dead", "RedriveAllowPolicy", byQueue);
    set("work", "RedrivePolicy", redrive);
    assertNotSet("other", "RedrivePolicy", redrive, "InvalidParameterValueException", denied);
    set("dead", "RedriveAllowPolicy", "{'redrivePermission':'denyAll'}");
    assertNotSet("work", "RedrivePolicy", redrive, "InvalidParameterValueException", denied);
    set("dead", "RedriveAllowPolicy", "");
    set("other", "RedrivePolicy", redrive);
  }

  @Test
  void aRedriveAllowPolicyIsChecked() {
    call("CreateQueue", "{'QueueName':'q'}");
    for (String odd :
        List.of(
            "x",
            "[]",
            "{}",
            "{'redrivePermission':'some'}",
            "{'redrivePermission':'denyAll','more':1}",
            "{'redrivePermission':'byQueue','sourceQueueArns':'a'}")) {
      assertNotSet(
          "q", "RedriveAllowPolicy", odd, "InvalidAttributeValue", "in an unsupported format.");
    }
    assertNotAllowed(
        "{'redrivePermission':'allowAll','sourceQueueArns':['a']}",
        "To specify one or more source queue ARNs, you must set redrivePermission to byQueue.");
    assertNotAllowed(
        "{'redrivePermission':'byQueue','sourceQueueArns':[]}",
        "you must also specify one or more sourceQueueArns values.");
    String ten = "'a','b','c','d','e','f','g','h','i','j'";
    set(
        "q",
        "RedriveAllowPolicy",
        "{'redrivePermission':'byQueue','sourceQueueArns':[" + ten + "]}");
    assertNotAllowed(
        "{'redrivePermission':'byQueue','sourceQueueArns':[" + ten + ",'k']}",
        "The maximum number of source queue ARNs you can specify is 10.");
  }

  private void assertNotAllowed(String value, String message) {
    assertNotSet("q", "RedriveAllowPolicy", value, "InvalidParameterValueException", message);
  }

  private void assertNotSet(
      String queue, String attribute, String value, String code, String message) {
    assertThatThrownBy(() -> set(queue, attribute, value))
        .isInstanceOfSatisfying(
            ServiceError.class, error -> assertThat(error.code()).isEqualTo(code))
        .hasMessageContaining(message);
  }

  private void set(String queue, String attribute, String value) {
    ObjectNode input = Json.object().put("QueueUrl", URL + queue);
    input.putObject("Attributes").put(attribute, value.replace('\'', '"'));
    call("SetQueueAttributes", Json.write(input));
  }

  @Test
  void whatIsMovedOnIsANewMessage() {
    call("CreateQueue", "{'QueueName':'dead'}");
    call("CreateQueue", "{'QueueName':'work'}");
    set("work", "RedrivePolicy", "{'deadLetterTargetArn':'" + ARN + "dead','maxReceiveCount':1}");
    String sent =
        call("SendMessage", "{'QueueUrl':'" + URL + "work','MessageBody':'poison'}")
            .path("MessageId")
            .asText();
    received("work", 0);
    assertThat(received("work", 0).has("Messages")).isFalse();
    assertThat(received("dead", 10).at("/Messages/0/MessageId").asText()).isEqualTo(sent);

    call("StartMessageMoveTask", "{'SourceArn':'" + ARN + "dead'}");

    JsonNode moved = received("work", 10).at("/Messages/0");
    assertThat(moved.path("Body").asText()).isEqualTo("poison");
    assertThat(moved.path("MessageId").asText()).isNotEmpty().isNotEqualTo(sent);
    assertThat(moved.at("/Attributes/ApproximateReceiveCount").asText()).isEqualTo("1");
  }

  private JsonNode received(String queue, int waitSeconds) {
    return call(
        "ReceiveMessage",
        "{'QueueUrl':'"
            + URL
            + queue
            + "','VisibilityTimeout':0,'AttributeNames':['All'],'WaitTimeSeconds':"
            + waitSeconds
            + "}");
  }

  @Test
  void messagesMoveToAnotherQueueOfTheSameType() {
    call("CreateQueue", "{'QueueName':'dead'}");
    call("CreateQueue", "{'QueueName':'work'}");
    call("CreateQueue", "{'QueueName':'q.fifo','Attributes':{'FifoQueue':'true'}}");
    set("work", "RedrivePolicy", "{'deadLetterTargetArn':'" + ARN + "dead','maxReceiveCount':1}");

    for (String destination : List.of("dead", "q.fifo")) {
      assertRefused(
          "StartMessageMoveTask",
          "{'SourceArn':'" + ARN + "dead','DestinationArn':'" + ARN + destination + "'}",
          "InvalidParameterValueException");
    }
    String task =
        call(
                "StartMessageMoveTask",
                "{'SourceArn':'" + ARN + "dead','DestinationArn':'" + ARN + "work'}")
            .path("TaskHandle")
            .asText();
    assertThat(task).isNotEmpty();
  }

  @Test
  void aPolicyOpensAQueueForOthers() {
    call("CreateQueue", "{'QueueName':'q'}");
    String send = "{'QueueUrl':'" + URL + "q','MessageBody':'1'}";
    assertThatThrownBy(() -> callAs(House.OTHER, "SendMessage", send))
        .hasMessageContaining("is not authorized to perform: sqs:sendmessage");
    call(
        "AddPermission",
        "{'QueueUrl':'"
            + URL
            + "q','Label':'l','AWSAccountIds':['222222222222'],'Actions':"
            + "['SendMessage']}");

    assertThat(callAs(House.OTHER, "SendMessage", send).has("MessageId")).isTrue();
    assertThatThrownBy(() -> callAs(House.OTHER, "ReceiveMessage", "{'QueueUrl':'" + URL + "q'}"))
        .hasMessageContaining("not authorized");
    call("RemovePermission", "{'QueueUrl':'" + URL + "q','Label':'l'}");
    assertThatThrownBy(() -> callAs(House.OTHER, "SendMessage", send))
        .hasMessageContaining("not authorized");
  }

  @Test
  void aTopicSendsToAQueue() {
    call("CreateQueue", "{'QueueName':'q'}");
    house.call("sns", "CreateTopic", "{\"Name\":\"t\"}");
    String topic = "arn:aws:sns:us-east-1:111111111111:t";
    house.call(
        "sns",
        "Subscribe",
        ("{'TopicArn':'" + topic + "','Protocol':'sqs','Endpoint':'" + ARN + "q'}")
            .replace('\'', '"'));
    house.call(
        "sns", "Publish", ("{'TopicArn':'" + topic + "','Message':'hi'}").replace('\'', '"'));

    JsonNode received = call("ReceiveMessage", "{'QueueUrl':'" + URL + "q','WaitTimeSeconds':10}");

    assertThat(received.at("/Messages/0/Body").asText())
        .contains("\"Type\":\"Notification\"", "\"Message\":\"hi\"");
  }

  @Test
  void whatSqsRefusesIsRefused() {
    call("CreateQueue", "{'QueueName':'q'}");
    assertRefused("CreateQueue", "{'QueueName':'a b'}", "InvalidParameterValueException");
    assertRefused(
        "CreateQueue",
        "{'QueueName':'r','Attributes':{'VisibilityTimeout':'-1'}}",
        "InvalidAttributeValue");
    assertRefused(
        "CreateQueue", "{'QueueName':'r','Attributes':{'X':'1'}}", "InvalidAttributeName");
    assertRefused("GetQueueUrl", "{'QueueName':'none'}", "QueueDoesNotExist");
    assertRefused("SendMessage", "{'QueueUrl':'nonsense','MessageBody':'1'}", "InvalidAddress");
    assertRefused(
        "SetQueueAttributes",
        "{'QueueUrl':'" + URL + "q','Attributes':{'RedrivePolicy':'{}'}}",
        "InvalidParameterValueException");
    assertRefused(
        "ReceiveMessage",
        "{'QueueUrl':'" + URL + "q','MaxNumberOfMessages':11}",
        "InvalidParameterValueException");
  }

  private void assertRefused(String operation, String input, String code) {
    assertThatThrownBy(() -> call(operation, input))
        .isInstanceOfSatisfying(
            ServiceError.class, error -> assertThat(error.code()).isEqualTo(code));
  }

  private JsonNode call(String operation, String input) {
    return callAs(House.OWNER, operation, input);
  }

  private JsonNode callAs(String context, String operation, String input) {
    return house.callAs(context, "sqs", operation, input.replace('\'', '"'));
  }
}
