package dev.tutti.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.core.delivery.Deliveries;
import dev.tutti.core.delivery.Delivery;
import dev.tutti.core.delivery.DeliveryCommand;
import dev.tutti.core.delivery.DeliveryFact;
import dev.tutti.core.delivery.RetryPolicy;
import dev.tutti.core.delivery.Source;
import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.Cause;
import dev.tutti.core.kernel.Outcome;
import dev.tutti.core.kernel.Recorded;
import dev.tutti.core.kernel.Request;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Runs a day of retries through the whole engine, in virtual time. */
final class RetryScheduleTest {
  private static final Cause CAUSE = new Cause("1-00000001-000000000000000000000001", "", "");
  private static final long BEGIN = 1_700_000_000_000L;
  private static final long DAY = 86_400_000;
  private static final Request REQUEST =
      new Request.Operation(
          "111111111111",
          "us-east-1",
          "lambda",
          "Invoke",
          Json.parse("{\"Payload\":\"{\\\"id\\\":\\\"e\\\"}\"}"));

  private final Deliveries deliveries = new Deliveries();
  private final MemoryStore store = new MemoryStore();
  private long now = BEGIN;

  /** One attempt as the target saw it. */
  private record Attempt(long millis, Request request) {}

  private List<Attempt> run(RetryPolicy retry, long seed, int crashEvery) {
    List<Attempt> attempts = new ArrayList<>();
    ByHand drive = new ByHand();
    Engine engine = open(drive, attempts, seed);
    engine.ask(Deliveries.key("d"), begin(retry), CAUSE, null);
    for (int turn = 1; drive.hasCall() || drive.dueMillis() != Long.MAX_VALUE; turn++) {
      if (drive.hasCall()) {
        drive.call().run();
      } else {
        now = Math.max(now, drive.dueMillis());
        drive.timers();
        drive.lanes();
      }
      drive.shards();
      if (turn % crashEvery == 0) {
        drive = new ByHand();
        engine = open(drive, attempts, seed + turn);
      }
    }
    assertThat(engine.read(Deliveries.key("d"), deliveries, Delivery::phase))
        .isEqualTo(Delivery.Phase.PARKED);
    return attempts;
  }

  private Engine open(ByHand drive, List<Attempt> attempts, long seed) {
    Engine engine =
        Engine.on(store).decider(deliveries).clock(() -> now).seed(seed).drive(drive).build();
    engine.start((id, cause, request) -> {
      attempts.add(new Attempt(now, request));
      return new Outcome.Failed("lambda", "ServiceException", "broken", 500);
    });
    return engine;
  }

  private static DeliveryCommand.Begin begin(RetryPolicy retry) {
    return new DeliveryCommand.Begin(
        "111111111111", "f", Source.rule("rule", "t", "e"), "f", REQUEST, retry);
  }

  private List<DeliveryFact> facts() {
    ByHand drive = new ByHand();
    Engine engine = open(drive, new ArrayList<>(), 1);
    return engine.facts(Deliveries.key("d"), deliveries, 1, 10_000).stream()
        .map(Recorded::fact)
        .toList();
  }

  @Test
  void keepsToTheScheduleOfADayExactly() {
    List<Attempt> attempts = run(RetryPolicy.events(), 7, Integer.MAX_VALUE);
    List<DeliveryFact> facts = facts();
    List<Long> planned =
        facts.stream()
            .filter(DeliveryFact.AttemptFailed.class::isInstance)
            .map(fact -> ((DeliveryFact.AttemptFailed) fact).nextAtMillis())
            .toList();

    assertThat(attempts.size()).isBetween(150, 1 + RetryPolicy.EVENTS_RETRIES);
    assertThat(attempts.getFirst().millis()).isEqualTo(BEGIN);
    assertThat(attempts.stream().skip(1).map(Attempt::millis)).containsExactlyElementsOf(planned);
    assertThat(attempts)
        .allSatisfy(attempt -> {
          assertThat(attempt.millis()).isBetween(BEGIN, BEGIN + DAY);
          assertThat(attempt.request()).isEqualTo(REQUEST);
        });
    assertThat(facts.getLast())
        .isInstanceOfSatisfying(
            DeliveryFact.Parked.class,
            parked -> {
              assertThat(parked.attempt()).isEqualTo(attempts.size());
              assertThat(parked.reason())
                  .isEqualTo(
                      attempts.size() == 186
                          ? DeliveryFact.Reason.ATTEMPTS_USED
                          : DeliveryFact.Reason.TOO_OLD);
            });
  }

  @Test
  void waitsBelowABoundThatDoublesUpToAQuarterOfAnHour() {
    List<Attempt> attempts = run(RetryPolicy.events(), 11, Integer.MAX_VALUE);

    for (int retry = 1; retry < attempts.size(); retry++) {
      long wait = attempts.get(retry).millis() - attempts.get(retry - 1).millis();
      assertThat(wait).isBetween(0L, Math.min(900_000, 1000L << Math.min(20, retry - 1)));
    }
  }

  @Test
  void hasTheSameJitterForTheSameSeedAndAnotherForAnother() {
    List<Attempt> first = run(RetryPolicy.events(), 7, Integer.MAX_VALUE);
    assertThat(again(7)).isEqualTo(first);
    assertThat(again(8)).isNotEqualTo(first);
  }

  private static List<Attempt> again(long seed) {
    return new RetryScheduleTest().run(RetryPolicy.events(), seed, Integer.MAX_VALUE);
  }

  @Test
  void losesNoAttemptAndMakesNoneTwiceWhereTheProcessEndsAgainAndAgain() {
    List<Attempt> attempts = run(RetryPolicy.events(40, DAY), 7, 3);
    List<DeliveryFact> facts = facts();

    assertThat(attempts.stream().map(Attempt::millis).distinct()).hasSize(41);
    assertThat(facts.stream().filter(DeliveryFact.Retried.class::isInstance)).hasSize(40);
    assertThat(facts.stream().filter(DeliveryFact.Parked.class::isInstance)).hasSize(1);
  }

  @Test
  void neverTriesAfterItsAge() {
    List<Attempt> attempts = run(RetryPolicy.events(185, 60_000), 7, Integer.MAX_VALUE);

    assertThat(attempts.getLast().millis()).isEqualTo(BEGIN + 60_000);
  }
}
