package dev.tutti.services.sns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import dev.tutti.core.json.Json;
import dev.tutti.services.House;
import dev.tutti.services.mail.PostOffice;
import dev.tutti.wire.ServiceError;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SnsServiceTest {
  private static final String ARN = "arn:aws:sns:us-east-1:111111111111:orders";

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
  void aMessageReachesAnAddressThatConfirmed() throws IOException {
    Queue<Posted> posted = new ConcurrentLinkedQueue<>();
    HttpServer server = listen(posted);
    try {
      String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/hook";
      call("CreateTopic", "{'Name':'orders'}");
      JsonNode pending =
          call(
              "Subscribe", "{'TopicArn':'" + ARN + "','Protocol':'http','Endpoint':'" + url + "'}");
      assertThat(pending.path("SubscriptionArn").asText()).isEqualTo("pending confirmation");
      Posted question = next(posted);
      assertThat(question.type).isEqualTo("SubscriptionConfirmation");
      assertThat(question.body.path("SubscribeURL").asText())
          .startsWith("http://127.0.0.1:4566/?Action=ConfirmSubscription&TopicArn=");

      String subscription =
          call(
                  "ConfirmSubscription",
                  "{'TopicArn':'"
                      + ARN
                      + "','Token':'"
                      + question.body.path("Token").asText()
                      + "'}")
              .path("SubscriptionArn")
              .asText();
      String id =
          call(
                  "Publish",
                  "{'TopicArn':'"
                      + ARN
                      + "','Message':'hello','Subject':'s','MessageAttributes':"
                      + "{'kind':{'DataType':'String','StringValue':'new'}}}")
              .path("MessageId")
              .asText();

      Posted notification = next(posted);
      assertThat(notification.type).isEqualTo("Notification");
      assertThat(notification.body.path("MessageId").asText()).isEqualTo(id);
      assertThat(notification.body.path("Message").asText()).isEqualTo("hello");
      assertThat(notification.body.path("Subject").asText()).isEqualTo("s");
      assertThat(notification.body.path("MessageAttributes"))
          .isEqualTo(Json.parse("{\"kind\":{\"Type\":\"String\",\"Value\":\"new\"}}"));
      assertThat(notification.subscription).isEqualTo(subscription);
      assertThat(attributes(subscription).path("PendingConfirmation").asText()).isEqualTo("false");

      call("Unsubscribe", "{'SubscriptionArn':'" + subscription + "'}");

      Posted farewell = next(posted);
      assertThat(farewell.type).isEqualTo("UnsubscribeConfirmation");
      assertThat(farewell.body.path("Message").asText())
          .startsWith("You have chosen to deactivate subscription " + subscription);
    } finally {
      server.stop(0);
    }
  }

  @Test
  void mailGoesOutAndEndsByLinks() throws IOException {
    try (PostOffice office = new PostOffice();
        House mailing = new House(directory.resolve("mailing"), office.server())) {
      mailing.call("sns", "CreateTopic", json("{'Name':'orders'}"));
      mailing.call(
          "sns",
          "Subscribe",
          json("{'TopicArn':'" + ARN + "','Protocol':'email','Endpoint':'ann@example.org'}"));
      String question = mail(office);
      assertThat(question).contains("Subject: Confirm your subscription to orders");
      mailing.callAsNobody("sns", "ConfirmSubscription", linked(question, "&Token=", 64));
      mailing.call(
          "sns",
          "Publish",
          json("{'TopicArn':'" + ARN + "','Message':'dear reader','Subject':'News'}"));
      String news = mail(office);
      assertThat(news).contains("Subject: News").contains("dear reader");
      String arn = news.substring(news.indexOf("&SubscriptionArn=") + 17).strip();

      mailing.callAsNobody("sns", "Unsubscribe", json("{'SubscriptionArn':'" + arn + "'}"));

      String farewell = mail(office);
      assertThat(farewell).contains("Subject: You get no more from orders");
      assertThat(mailing.call("sns", "ListSubscriptions", "{}").path("Subscriptions")).isEmpty();
      mailing.callAsNobody("sns", "ConfirmSubscription", linked(farewell, "&Token=", 64));
      assertThat(mailing.call("sns", "ListSubscriptions", "{}").findValuesAsText("SubscriptionArn"))
          .containsExactly(arn);
    }
  }

  private static String mail(PostOffice office) {
    await().atMost(Duration.ofSeconds(20)).until(() -> !office.mails().isEmpty());
    return office.mails().remove();
  }

  private static String linked(String mail, String before, int length) {
    int at = mail.indexOf(before) + before.length();
    return json("{'TopicArn':'" + ARN + "','Token':'" + mail.substring(at, at + length) + "'}");
  }

  @Test
  void whatCannotBeDeliveredGoesToTheQueueOfItsRedrivePolicy() {
    call("CreateTopic", "{'Name':'orders'}");
    String dead = queue("dead", "");
    call(
        "Subscribe",
        "{'TopicArn':'"
            + ARN
            + "','Protocol':'sqs','Endpoint':'arn:aws:sqs:us-east-1:111111111111:none',"
            + "'Attributes':{'RedrivePolicy':"
            + "'{\\\"deadLetterTargetArn\\\":\\\"arn:aws:sqs:us-east-1:111111111111:dead\\\"}'}}");
    publish("'Message':'undeliverable'");

    JsonNode letter = Json.parse(received(dead).path("Body").asText());

    assertThat(letter.path("Type").asText()).isEqualTo("Notification");
    assertThat(letter.path("Message").asText()).isEqualTo("undeliverable");
  }

  @Test
  void aTopicIsMadeOnceAndShown() {
    call("CreateTopic", "{'Name':'orders','Attributes':{'DisplayName':'Orders'}}");
    assertThat(call("CreateTopic", "{'Name':'orders'}").path("TopicArn").asText()).isEqualTo(ARN);
    assertRefused(
        () -> call("CreateTopic", "{'Name':'orders','Attributes':{'DisplayName':'Other'}}"),
        "InvalidParameter",
        "Invalid parameter: Attributes Reason: Topic already exists with different attributes");
    assertRefused(
        () -> call("CreateTopic", "{'Name':'bad name'}"),
        "InvalidParameter",
        "Invalid parameter: Topic Name");
    assertRefused(
        () -> call("CreateTopic", "{'Name':'a','Attributes':{'KmsMasterKeyId':'k'}}"),
        "InvalidParameter",
        "KmsMasterKeyId is not supported here yet");

    JsonNode attributes =
        call("GetTopicAttributes", "{'TopicArn':'" + ARN + "'}").path("Attributes");

    assertThat(attributes.path("DisplayName").asText()).isEqualTo("Orders");
    assertThat(Json.parse(attributes.path("Policy").asText()).path("Statement")).hasSize(1);
    assertThat(call("ListTopics", "{}").findValuesAsText("TopicArn")).containsExactly(ARN);
    call("DeleteTopic", "{'TopicArn':'" + ARN + "'}");
    call("DeleteTopic", "{'TopicArn':'" + ARN + "'}");
    assertRefused(
        () -> call("GetTopicAttributes", "{'TopicArn':'" + ARN + "'}"),
        "NotFound",
        "Topic does not exist");
    assertRefused(
        () -> call("GetTopicAttributes", "{'TopicArn':'orders'}"),
        "InvalidParameter",
        "Invalid parameter: TopicArn Reason: An ARN must have at least 6 elements, not 1");
  }

  @Test
  void othersPublishOnlyWhereThePolicyLetsThem() {
    call("CreateTopic", "{'Name':'orders'}");
    String publish = "{'TopicArn':'" + ARN + "','Message':'m'}";
    assertRefused(
        () -> house.callAs(House.OTHER, "sns", "Publish", json(publish)),
        "AuthorizationError",
        "because no resource-based policy allows the SNS:Publish action");

    call(
        "AddPermission",
        "{'TopicArn':'"
            + ARN
            + "','Label':'l','AWSAccountId':['222222222222'],'ActionName':['Publish']}");

    assertThat(
            house.callAs(House.OTHER, "sns", "Publish", json(publish)).path("MessageId").asText())
        .isNotEmpty();
  }

  @Test
  void messagesAreCheckedBeforeTheyAreTaken() {
    call("CreateTopic", "{'Name':'orders'}");
    assertRefused(() -> publish("'Message':''"), "InvalidParameter", "Empty message");
    assertRefused(
        () -> publish("'Message':'{}','MessageStructure':'json'"),
        "InvalidParameter",
        "Message Structure - No default entry in JSON message body");
    assertRefused(
        () -> publish("'Message':'{','MessageStructure':'json'"),
        "InvalidParameter",
        "Message Structure - JSON message body failed to parse");
    assertRefused(
        () -> publish("'Message':'m','MessageAttributes':{'a':{'DataType':'String.'}}"),
        "ParameterValueInvalid",
        "The message attribute 'a' has an invalid message attribute type");
    assertRefused(
        () ->
            publish(
                "'Message':'m','MessageAttributes':"
                    + "{'price':{'DataType':'Number','StringValue':'dear'}}"),
        "ParameterValueInvalid",
        "Could not cast message attribute 'price' value to number.");
    JsonNode batch =
        call(
            "PublishBatch",
            "{'TopicArn':'"
                + ARN
                + "','PublishBatchRequestEntries':[{'Id':'1','Message':'a'},"
                + "{'Id':'2','Message':'b'}]}");
    assertThat(batch.path("Successful").findValuesAsText("MessageId")).doesNotHaveDuplicates();
    assertThat(batch.path("Successful")).hasSize(2);
    assertRefused(
        () ->
            call(
                "PublishBatch",
                "{'TopicArn':'"
                    + ARN
                    + "','PublishBatchRequestEntries':[{'Id':'1','Message':'a'},"
                    + "{'Id':'1','Message':'b'}]}"),
        "BatchEntryIdsNotDistinct",
        "Two or more batch entries in the request have the same Id.");
  }

  @Test
  void attributesCountAgainstATopicsMessageSize() {
    call("CreateTopic", "{'Name':'orders','Attributes':{'MaximumMessageSize':'1024'}}");
    String attributes = "'MessageAttributes':{'k':{'DataType':'String','StringValue':'v'}}";

    assertThat(publish("'Message':'" + "x".repeat(1016) + "'," + attributes).has("MessageId"))
        .isTrue();
    assertRefused(
        () -> publish("'Message':'" + "x".repeat(1017) + "'," + attributes),
        "InvalidParameter",
        "Invalid parameter: Message too long");
    assertRefused(
        () ->
            call(
                "PublishBatch",
                "{'TopicArn':'"
                    + ARN
                    + "','PublishBatchRequestEntries':[{'Id':'1','Message':'"
                    + "x".repeat(1000)
                    + "',"
                    + attributes
                    + "},{'Id':'2','Message':'"
                    + "x".repeat(17)
                    + "'}]}"),
        "BatchRequestTooLong",
        "The length of all the messages put together is more than the limit.");
  }

  @Test
  void onlyQueuesAndFunctionsGetLargeMessages() {
    String hook = "http://127.0.0.1:9/hook";
    String large = "'Message':'" + "x".repeat(300_000) + "'";
    assertRefused(
        () -> call("CreateTopic", "{'Name':'orders','Attributes':{'MaximumMessageSize':'1023'}}"),
        "InvalidParameter",
        "Invalid parameter: Attributes Reason: MaximumMessageSize: Invalid value [1023].");
    call("CreateTopic", "{'Name':'orders'}");
    assertThat(topic().has("MaximumMessageSize")).isFalse();
    assertRefused(() -> publish(large), "InvalidParameter", "Message too long");

    size("1048576");

    assertThat(topic().path("MaximumMessageSize").asText()).isEqualTo("1048576");
    assertThat(publish(large).has("MessageId")).isTrue();
    assertRefused(() -> subscribe("http", hook), "InvalidParameter", "not to http");
    subscribe("lambda", "arn:aws:lambda:us-east-1:111111111111:function:f");
    size("262144");
    subscribe("http", hook);
    assertRefused(() -> size("262145"), "InvalidParameter", "not to http");
  }

  private JsonNode topic() {
    return call("GetTopicAttributes", "{'TopicArn':'" + ARN + "'}").path("Attributes");
  }

  private void size(String bytes) {
    call(
        "SetTopicAttributes",
        "{'TopicArn':'"
            + ARN
            + "','AttributeName':'MaximumMessageSize','AttributeValue':'"
            + bytes
            + "'}");
  }

  @Test
  void protocolsThatArentDoneAreRefusedByName() {
    call("CreateTopic", "{'Name':'orders'}");
    assertRefused(
        () -> subscribe("test-protocol", "x"),
        "InvalidParameter",
        "Invalid parameter: Amazon SNS does not support this protocol string: test-protocol");
    assertRefused(
        () -> subscribe("email", "a@example.com"),
        "InvalidParameter",
        "email needs a mail server, and this runtime was started without --mail");
    assertRefused(
        () -> call("Unsubscribe", "{'SubscriptionArn':'" + ARN + "'}"),
        "InvalidParameter",
        "Invalid parameter: SubscriptionId");
    String function = "arn:aws:lambda:us-east-1:111111111111:function:f";
    String subscription = subscribe("lambda", function).path("SubscriptionArn").asText();
    assertRefused(
        () ->
            call(
                "SetSubscriptionAttributes",
                "{'SubscriptionArn':'"
                    + subscription
                    + "','AttributeName':'FakeAttribute','AttributeValue':'v'}"),
        "InvalidParameter",
        "Invalid parameter: AttributeName");
    assertThat(
            call("ListSubscriptionsByTopic", "{'TopicArn':'" + ARN + "'}")
                .findValuesAsText("Endpoint"))
        .containsExactly(function);
    call("Unsubscribe", "{'SubscriptionArn':'" + subscription + "'}");
    assertThat(call("ListSubscriptions", "{}").path("Subscriptions")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"1,SHA1withRSA", "2,SHA256withRSA"})
  void whoeverGetsAMessageCanVerifyIt(String version, String algorithm) throws Exception {
    call("CreateTopic", "{'Name':'orders','Attributes':{'SignatureVersion':'" + version + "'}}");
    String queue = queue("q", "");
    subscribe("sqs", "arn:aws:sqs:us-east-1:111111111111:q");
    publish("'Message':'Text with \u00f6','Subject':'S'");

    JsonNode body = Json.parse(received(queue).path("Body").asText());

    Certificate certificate =
        CertificateFactory.getInstance("X.509")
            .generateCertificate(
                new ByteArrayInputStream(
                    house.seal().certificate().getBytes(StandardCharsets.US_ASCII)));
    certificate.verify(certificate.getPublicKey());
    Signature signature = Signature.getInstance(algorithm);
    signature.initVerify(certificate);
    for (String name :
        List.of("Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type")) {
      signature.update(
          (name + "\n" + body.path(name).asText() + "\n").getBytes(StandardCharsets.UTF_8));
    }
    assertThat(body.path("SignatureVersion").asText()).isEqualTo(version);
    assertThat(body.path("SigningCertURL").asText()).endsWith(house.seal().path());
    assertThat(signature.verify(Base64.getDecoder().decode(body.path("Signature").asText())))
        .isTrue();
  }

  @Test
  void aFifoTopicKeepsOrderAndTakesEachOnce() {
    String arn = ARN + ".fifo";
    call("CreateTopic", "{'Name':'orders.fifo','Attributes':{'FifoTopic':'true'}}");
    String queue = queue("q.fifo", "'FifoQueue':'true'");
    call(
        "Subscribe",
        "{'TopicArn':'"
            + arn
            + "','Protocol':'sqs','Endpoint':'arn:aws:sqs:us-east-1:111111111111:q.fifo',"
            + "'Attributes':{'RawMessageDelivery':'true'}}");
    Set<String> ids = new HashSet<>();
    for (String text : List.of("1", "2", "2", "3")) {
      ids.add(
          call(
                  "Publish",
                  "{'TopicArn':'"
                      + arn
                      + "','Message':'"
                      + text
                      + "','MessageGroupId':'g','MessageDeduplicationId':'"
                      + text
                      + "'}")
              .path("MessageId")
              .asText());
    }
    assertThat(ids).hasSize(3);
    for (String text : List.of("1", "2", "3")) {
      JsonNode message = received(queue);
      assertThat(message.path("Body").asText()).isEqualTo(text);
      house.call(
          "sqs",
          "DeleteMessage",
          json(
              "{'QueueUrl':'"
                  + queue
                  + "','ReceiptHandle':'"
                  + message.path("ReceiptHandle").asText()
                  + "'}"));
    }
    assertRefused(
        () -> call("Publish", "{'TopicArn':'" + arn + "','Message':'m'}"),
        "InvalidParameter",
        "The MessageGroupId parameter is required for FIFO topics");
  }

  private String queue(String name, String attributes) {
    return house
        .call(
            "sqs",
            "CreateQueue",
            json("{'QueueName':'" + name + "','Attributes':{" + attributes + "}}"))
        .path("QueueUrl")
        .asText();
  }

  private JsonNode received(String queue) {
    return house
        .call("sqs", "ReceiveMessage", json("{'QueueUrl':'" + queue + "','WaitTimeSeconds':10}"))
        .path("Messages")
        .path(0);
  }

  @Test
  void theCallerIsItsContext() {
    assertThat(house.callAs(House.OTHER, "sts", "GetCallerIdentity", "{}"))
        .isEqualTo(
            Json.parse(
                "{\"UserId\":\"222222222222\",\"Account\":\"222222222222\","
                    + "\"Arn\":\"arn:aws:iam::222222222222:root\"}"));
  }

  private JsonNode subscribe(String protocol, String endpoint) {
    return call(
        "Subscribe",
        "{'TopicArn':'"
            + ARN
            + "','Protocol':'"
            + protocol
            + "','Endpoint':'"
            + endpoint
            + "','ReturnSubscriptionArn':true}");
  }

  private JsonNode publish(String members) {
    return call("Publish", "{'TopicArn':'" + ARN + "'," + members + "}");
  }

  private JsonNode attributes(String subscription) {
    return call("GetSubscriptionAttributes", "{'SubscriptionArn':'" + subscription + "'}")
        .path("Attributes");
  }

  private JsonNode call(String operation, String input) {
    return house.call("sns", operation, json(input));
  }

  private static String json(String input) {
    return input.replace('\'', '"');
  }

  private static void assertRefused(ThrowingCallable call, String code, String message) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ServiceError.class, error -> assertThat(error.code()).isEqualTo(code))
        .hasMessageContaining(message);
  }

  private static HttpServer listen(Queue<Posted> posted) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/hook",
        exchange -> {
          var headers = exchange.getRequestHeaders();
          posted.add(
              new Posted(
                  String.valueOf(headers.getFirst("x-amz-sns-message-type")),
                  String.valueOf(headers.getFirst("x-amz-sns-subscription-arn")),
                  Json.parse(
                      new String(
                          exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8))));
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
    return server;
  }

  private static Posted next(Queue<Posted> posted) {
    await().atMost(Duration.ofSeconds(20)).until(() -> !posted.isEmpty());
    return posted.remove();
  }

  private record Posted(String type, String subscription, JsonNode body) {}
}
