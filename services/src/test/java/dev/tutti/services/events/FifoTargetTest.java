package dev.tutti.services.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.events.Events;
import dev.tutti.core.json.Json;
import dev.tutti.services.Exchange;
import dev.tutti.wire.ServiceError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Order within a message group of a FIFO queue. */
final class FifoTargetTest {
  private static final String QUEUE = "arn:aws:sqs:us-east-1:" + Rig.OWNER + ":q.fifo";

  private final Queue<JsonNode> sent = new ConcurrentLinkedQueue<>();
  private final Set<Integer> failing = ConcurrentHashMap.newKeySet();
  private final Set<Integer> refused = ConcurrentHashMap.newKeySet();
  private final AtomicInteger underWay = new AtomicInteger();
  private final AtomicInteger mostUnderWay = new AtomicInteger();
  private final Rig rig = new Rig().with("sqs", "SendMessage", this::send).open();

  private JsonNode send(Exchange exchange) {
    mostUnderWay.accumulateAndGet(underWay.incrementAndGet(), Math::max);
    try {
      JsonNode event = Json.parse(exchange.input().path("MessageBody").asText());
      int number = event.path("detail").path("n").asInt();
      if (refused.contains(number)) {
        throw new ServiceError("QueueDoesNotExist", "no more");
      }
      if (failing.remove(number)) {
        throw new ServiceError("RequestThrottled", "not now");
      }
      sent.add(event);
      return Json.object().put("MessageId", event.path("id").asText());
    } finally {
      underWay.decrementAndGet();
    }
  }

  @AfterEach
  void close() {
    rig.close();
  }

  private void subscribe(String rule) {
    ObjectNode target = Json.object().put("Arn", QUEUE);
    target.putObject("SqsParameters").put("MessageGroupId", "g");
    rig.subscribe(rule, target);
  }

  private void putOneByOne(int count) {
    for (int n = 0; n < count; n++) {
      ObjectNode input = Json.object();
      input
          .putArray("Entries")
          .addObject()
          .put("Source", "shop")
          .put("DetailType", "Ordered")
          .put("Detail", "{\"n\":" + n + "}");
      rig.call("PutEvents", input);
    }
  }

  private List<Integer> numbers() {
    return sent.stream().map(event -> event.path("detail").path("n").asInt()).toList();
  }

  private List<String> log() {
    return rig.engine().rows(Events.LOG, List.of(Rig.BUS), null, 10_000).stream()
        .map(row -> row.key().getLast())
        .toList();
  }

  /** The ids in the order they first came: a call that a crash cut off is made again. */
  private Set<String> firstSent() {
    Set<String> ids = new LinkedHashSet<>();
    sent.forEach(event -> ids.add(event.path("id").asText()));
    return ids;
  }

  @Test
  void getsOneMessageAfterTheOtherInTheOrderOfAcceptance() {
    subscribe("ordered");
    failing.addAll(List.of(3, 4, 40));

    putOneByOne(60);

    await().atMost(Duration.ofSeconds(60)).until(() -> sent.size() >= 60);
    assertThat(numbers()).hasSize(60).isSorted();
    assertThat(mostUnderWay).hasValue(1);
  }

  @Test
  void goesOnBehindAMessageThatIsParked() {
    subscribe("ordered");
    refused.add(1);

    putOneByOne(3);

    await().until(() -> sent.size() == 2);
    assertThat(numbers()).containsExactly(0, 2);
  }

  @Test
  void getsAReplayInTheOrderOfTheLogOverCrashes() {
    putOneByOne(400);
    subscribe("late");
    double now = System.currentTimeMillis() / 1000.0;
    String replay =
        "{\"ReplayName\":\"again\",\"EventSourceArn\":\"%s\",\"EventStartTime\":%s,\"EventEndTime\":%s,\"Destination\":{\"Arn\":\"%s\"}}"
            .formatted(Rig.BUS, now - 3600, now + 1, Rig.BUS);

    rig.call("StartReplay", replay);
    for (int enough : List.of(50, 250)) {
      await().atMost(Duration.ofSeconds(60)).until(() -> sent.size() >= enough);
      rig.reopen();
    }

    await().atMost(Duration.ofSeconds(60)).until(() -> firstSent().size() == 400);
    assertThat(new ArrayList<>(firstSent())).isEqualTo(log());
    assertThat(mostUnderWay).hasValue(1);
  }
}
