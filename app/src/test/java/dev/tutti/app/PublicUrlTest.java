package dev.tutti.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.json.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A runtime that others reach at another address than its own. */
final class PublicUrlTest {
  private static final String PUBLIC = "https://bus.example.com/tutti";
  private static final String CONTEXT = "111122223333";

  @TempDir private Path data;

  @Test
  void linksThatAreSentLeadThere() throws IOException {
    try (Listener subscriber = new Listener();
        Assembly runtime = Assembly.open(RuntimeSettings.of(data, 0).withPublicUrl(PUBLIC));
        PlainClient client = new PlainClient(runtime.port(), CONTEXT)) {
      assertThat(client.query("sns", "Action=CreateTopic&Name=news")).contains("<TopicArn>");
      String topic = "arn:aws:sns:us-east-1:" + CONTEXT + ":news";
      client.query(
          "sns",
          "Action=Subscribe&Protocol=http&TopicArn="
              + PlainClient.query(topic)
              + "&Endpoint="
              + PlainClient.query(subscriber.url()));

      await().atMost(Duration.ofSeconds(20)).until(() -> !subscriber.posted().isEmpty());

      JsonNode confirmation = Json.parse(subscriber.posted().remove());
      assertThat(confirmation.path("SubscribeURL").asText()).startsWith(PUBLIC + "/?Action=");
      assertThat(confirmation.path("SigningCertURL").asText()).startsWith(PUBLIC + "/");
    }
  }

  @Test
  void whatClientsUseOnThisMachineStaysHere() {
    try (Assembly runtime = Assembly.open(RuntimeSettings.of(data, 0).withPublicUrl(PUBLIC));
        PlainClient client = new PlainClient(runtime.port(), CONTEXT)) {
      JsonNode queue = client.aws("sqs", "AmazonSQS", "CreateQueue", "{\"QueueName\":\"q\"}");

      assertThat(queue.path("QueueUrl").asText())
          .startsWith("http://127.0.0.1:" + runtime.port() + "/");
    }
  }
}
