package dev.tutti.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.json.Json;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Parked deliveries, from the cause to its mending, over HTTP. */
final class ParkedTest {
  private static final String OWNER = "111122223333";

  @SuppressWarnings("NullAway.Init") // set by JUnit
  @TempDir
  private static Path data;

  @SuppressWarnings("NullAway.Init") // set before all tests
  private static Assembly runtime;

  @SuppressWarnings("NullAway.Init") // set before all tests
  private static PlainClient owner;

  @SuppressWarnings("NullAway.Init") // set before all tests
  private static RemoteOptions remote;

  @BeforeAll
  static void start() {
    runtime = Assembly.open(RuntimeSettings.of(data, 0));
    owner = new PlainClient(runtime.port(), OWNER);
    remote = new RemoteOptions(runtime.port());
  }

  @AfterAll
  static void stop() {
    owner.close();
    runtime.close();
  }

  /** A bus with two rules: one to a queue that is there, one to a queue that is not. */
  private static void subscribe(String name) {
    owner.events("CreateEventBus", Json.object().put("Name", name).toString());
    createQueue(name + "-there");
    for (String queue : List.of(name + "-there", name + "-missing")) {
      owner.events(
          "PutRule",
          """
          {"Name":"to-%s","EventBusName":"%s","EventPattern":"{\\"source\\":[\\"shop\\"]}"}\
          """
              .formatted(queue, name));
      owner.events(
          "PutTargets",
          """
          {"Rule":"to-%s","EventBusName":"%s","Targets":[
          {"Id":"t","Arn":"arn:aws:sqs:us-east-1:%s:%s"}]}\
          """
              .formatted(queue, name, OWNER, queue));
    }
  }

  private static void createQueue(String name) {
    owner.aws("sqs", "AmazonSQS", "CreateQueue", Json.object().put("QueueName", name).toString());
  }

  private static String put(String bus, int n) {
    return owner
        .events(
            "PutEvents",
            """
            {"Entries":[{"EventBusName":"%s","Source":"shop","DetailType":"Ordered",
            "Detail":"{\\"n\\":%d}"}]}\
            """
                .formatted(bus, n))
        .path("Entries")
        .path(0)
        .path("EventId")
        .asText();
  }

  private static JsonNode list(String target) {
    return remote.get("/_tutti/parked?target=" + target).path("Deliveries");
  }

  private static int waiting(String queue) {
    return owner
        .aws(
            "sqs",
            "AmazonSQS",
            "GetQueueAttributes",
            """
            {"QueueUrl":"http://127.0.0.1/%s/%s","AttributeNames":["All"]}\
            """
                .formatted(OWNER, queue))
        .path("Attributes")
        .path("ApproximateNumberOfMessages")
        .asInt();
  }

  @Test
  void isParkedAtOnceFoundGroupedAndRedrivenToItsTargetOnly() {
    subscribe("orders");
    for (int i = 0; i < 5; i++) {
      put("orders", i);
    }
    await().until(() -> list("orders-missing").size() == 5);
    JsonNode groups = remote.get("/_tutti/parked/groups?rule=to-orders-missing").path("Groups");
    assertThat(groups).hasSize(1);
    assertThat(groups.path(0).path("Count").intValue()).isEqualTo(5);
    await().until(() -> waiting("orders-there") == 5);

    createQueue("orders-missing");
    JsonNode changed =
        remote.post(
            "/_tutti/parked/redrive",
            Json.object().put("Group", groups.path(0).path("Group").asText()));

    assertThat(changed.path("Changed").intValue()).isEqualTo(5);
    await().until(() -> waiting("orders-missing") == 5);
    assertThat(list("orders-missing")).isEmpty();
    assertThat(waiting("orders-there")).isEqualTo(5);
  }

  @Test
  void isEditedAndRedrivenAndTheTraceTellsIt() {
    subscribe("mended");
    String event = put("mended", 1);
    await().until(() -> list("mended-missing").size() == 1);
    String handle = list("mended-missing").path(0).path("Handle").asText();
    JsonNode shown = remote.get("/_tutti/parked/show?delivery=" + handle);
    assertThat(shown.path("Payload").asText()).contains("\"n\":1").contains(event);
    assertThat(shown.path("History").path(1).path("Fact").asText()).isEqualTo("Parked");

    remote.post(
        "/_tutti/parked/edit",
        Json.object().put("Delivery", handle).put("Payload", "{\"n\":\"edited\"}"));
    createQueue("mended-missing");
    remote.post("/_tutti/parked/redrive", Json.object().put("Delivery", handle));
    await().until(() -> waiting("mended-missing") == 1);

    JsonNode received =
        owner.aws(
            "sqs",
            "AmazonSQS",
            "ReceiveMessage",
            "{\"QueueUrl\":\"http://127.0.0.1/" + OWNER + "/mended-missing\"}");
    assertThat(received.path("Messages").path(0).path("Body").asText())
        .isEqualTo("{\"n\":\"edited\"}");
    assertThat(remote.get("/_tutti/trace/" + event).toString())
        .contains("\"kind\":\"parked\"", "\"kind\":\"edited\"", "\"kind\":\"redriven\"")
        .contains(OWNER + " parked:Redrive");
  }

  @Test
  void isGivenUpWithAReason() {
    subscribe("given-up");
    String event = put("given-up", 1);
    await().until(() -> list("given-up-missing").size() == 1);

    remote.post(
        "/_tutti/parked/discard",
        Json.object()
            .put("All", true)
            .put("EventId", event)
            .put("Context", OWNER)
            .put("Reason", "sent by hand"));

    assertThat(list("given-up-missing")).isEmpty();
    assertThat(remote.get("/_tutti/trace/" + event).toString()).contains("sent by hand");
  }

  @Test
  void pagesWithoutLossAndRefusesWhatIsNotThere() {
    subscribe("pages");
    for (int i = 0; i < 7; i++) {
      put("pages", i);
    }
    await().until(() -> list("pages-missing").size() == 7);
    int seen = 0;
    String after = "";
    do {
      JsonNode page = remote.get("/_tutti/parked?target=pages-missing&limit=3&after=" + after);
      seen += page.path("Deliveries").size();
      after = PlainClient.query(page.path("Next").asText(""));
    } while (!after.isEmpty());

    assertThat(seen).isEqualTo(7);
    var unknown = owner.send(owner.to("/_tutti/parked/show?delivery=none").build());
    assertThat(unknown.statusCode()).isEqualTo(404);
  }
}
