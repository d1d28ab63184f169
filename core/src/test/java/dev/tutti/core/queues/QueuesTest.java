package dev.tutti.core.queues;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.GoldenFacts;
import dev.tutti.core.kernel.Key;
import dev.tutti.core.kernel.Stage;
import dev.tutti.core.kernel.Transcripts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class QueuesTest {
  private static final String ARN = "arn:aws:sqs:us-east-1:111111111111:";
  private static final long NOW = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();

  @TestFactory
  Stream<DynamicTest> transcripts() {
    return Transcripts.of("queues", () -> new Stage().plays(new Queues()));
  }

  @Test
  void factsStayReadable() {
    GoldenFacts.check("queues", QueueFact.class);
  }

  @Test
  void aHandleIsOfItsQueueAlone() {
    String handle = new Handle("m", 2).text(ARN + "a");

    assertThat(Handle.parse(ARN + "a", handle)).isEqualTo(new Handle("m", 2));
    assertThat(Handle.parse(ARN + "b", handle)).isNull();
    assertThat(Handle.parse(ARN + "a", "garbage")).isNull();
    assertThat(Handle.parse(ARN + "a", "AAAA")).isNull();
  }

  @Test
  void queuesAreListedByPrefixAndFoundByTheirDeadLetterQueue() {
    var catalogue = new QueueCatalogue();
    var stage = new Stage().plays(new Queues(), catalogue::on);
    String redrive = "{\"deadLetterTargetArn\":\"" + ARN + "dead\",\"maxReceiveCount\":\"2\"}";
    stage.send(key("dead"), new QueueCommand.Create(Map.of(), Map.of()));
    stage.send(key("a1"), new QueueCommand.Create(Map.of("RedrivePolicy", redrive), Map.of()));
    stage.send(key("a2"), new QueueCommand.Create(Map.of(), Map.of("t", "1")));

    assertThat(names(catalogue.queues("111111111111", "us-east-1", "a", "", 9)))
        .containsExactly("a1", "a2");
    assertThat(names(catalogue.queues("111111111111", "us-east-1", "a", "a1", 9)))
        .containsExactly("a2");
    assertThat(catalogue.queues("222222222222", "us-east-1", "", "", 9)).isEmpty();
    assertThat(names(catalogue.sources(ARN + "dead", "", 9))).containsExactly("a1");
    stage.send(key("a1"), new QueueCommand.Delete());
    assertThat(catalogue.queue(ARN + "a1")).isNull();
  }

  @Test
  void aLongQueueIsReceivedInItsOrder() {
    var stage = new Stage().plays(new Queues());
    stage.send(key("long"), new QueueCommand.Create(Map.of(), Map.of()));
    for (int i = 0; i < 100; i++) {
      stage.send(key("long"), send("m" + i, 0));
    }
    stage.send(key("long"), new QueueCommand.Receive(10, 60));

    Queue queue = (Queue) stage.state(key("long"));

    assertThat(queue.counts(NOW)).isEqualTo(new Queue.Counts(90, 0, 10));
    assertThat(queue.counts(NOW + 60_000)).isEqualTo(new Queue.Counts(100, 0, 0));
    assertThat(queue.message("m9")).extracting(Message::receives).isEqualTo(1);
    assertThat(queue.message("m10")).extracting(Message::receives).isEqualTo(0);
  }

  @Test
  void whatIsPastItsTimeDoesNotCount() {
    var stage = new Stage().plays(new Queues());
    var brief = new QueueCommand.Create(Map.of("MessageRetentionPeriod", "60"), Map.of());
    stage.send(key("brief"), brief);
    stage.send(key("brief"), send("received", 0));
    stage.send(key("brief"), new QueueCommand.Receive(1, 600));
    stage.send(key("brief"), send("waiting", 0));
    stage.send(key("brief"), send("delayed", 900));
    stage.pass(Duration.ofSeconds(30));
    stage.send(key("brief"), send("young", 0));

    Queue queue = (Queue) stage.state(key("brief"));

    assertThat(queue.counts(NOW + 59_999)).isEqualTo(new Queue.Counts(2, 1, 1));
    assertThat(queue.counts(NOW + 60_000)).isEqualTo(new Queue.Counts(1, 0, 0));
    assertThat(queue.counts(NOW + 90_000)).isEqualTo(new Queue.Counts(0, 0, 0));
  }

  private static QueueCommand.Send send(String messageId, int delaySeconds) {
    var content = new Content("body", Json.object(), null, "111111111111", null);
    var draft = new QueueCommand.Draft(messageId, content, delaySeconds, null, null);
    return new QueueCommand.Send(List.of(draft));
  }

  private static Key key(String name) {
    return new Key(Queues.KIND, ARN + name);
  }

  private static List<String> names(List<QueueInfo> queues) {
    return queues.stream().map(QueueInfo::name).toList();
  }
}
