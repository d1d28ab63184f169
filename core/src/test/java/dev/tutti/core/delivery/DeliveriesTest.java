package dev.tutti.core.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.Cause;
import dev.tutti.core.kernel.Effect;
import dev.tutti.core.kernel.Key;
import dev.tutti.core.kernel.Moment;
import dev.tutti.core.kernel.Outcome;
import dev.tutti.core.kernel.Request;
import dev.tutti.core.kernel.Turn;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Plays whole lives of deliveries against a target that keeps failing, in virtual time. */
final class DeliveriesTest {
  private static final Key KEY = Deliveries.key("d");
  private static final Cause CAUSE = new Cause("1-00000000-000000000000000000000000", "", "");
  private static final Outcome.Failed THROTTLED =
      new Outcome.Failed("lambda", "TooManyRequestsException", "Rate exceeded", 429);

  private final Deliveries deliveries = new Deliveries();
  private final List<Long> attemptMillis = new ArrayList<>();
  private Delivery state = new Delivery();
  private long seq;
  private long millis;

  private List<Effect> send(DeliveryCommand command) {
    Turn<Delivery, DeliveryFact> turn =
        Turn.run(deliveries, KEY, state, seq, command, new Moment(millis, 31 * seq), CAUSE);
    state = turn.state();
    seq += turn.facts().size();
    return turn.effects().stream().flatMap(List::stream).toList();
  }

  /** Answers every call with a passing failure until nothing is owed. */
  private void fail(List<Effect> first) {
    List<Effect> owed = first;
    while (!owed.isEmpty()) {
      assertThat(owed).hasSize(1);
      owed =
          switch (owed.getFirst()) {
            case Effect.Call call -> {
              attemptMillis.add(millis);
              yield send(deliveries.outcome(call.name(), THROTTLED));
            }
            case Effect.Wake wake -> {
              millis = wake.atMillis();
              yield send((DeliveryCommand) wake.command());
            }
            default -> throw new AssertionError(owed);
          };
    }
  }

  private static DeliveryCommand.Begin begin(RetryPolicy retry) {
    Request request =
        new Request.Operation(
            "111111111111",
            "us-east-1",
            "lambda",
            "Invoke",
            Json.parse("{\"FunctionName\":\"f\"}"));
    String arn = "arn:aws:lambda:us-east-1:111111111111:function:f";
    return new DeliveryCommand.Begin(
        "111111111111", arn, Source.rule("rule", "t", "e"), arn, request, retry);
  }

  @Test
  void usesAllItsRetriesAndParks() {
    fail(send(begin(new RetryPolicy(5, 86_400_000, new Backoff.Exponential(1000, 60_000)))));

    assertThat(attemptMillis).hasSize(6).isSorted();
    assertThat(state.phase()).isEqualTo(Delivery.Phase.PARKED);
    assertThat(state.attempt()).isEqualTo(6);
    assertThat(state.error()).isEqualTo("TooManyRequestsException");
  }

  @Test
  void isNeverTriedAfterItsAgeAndOnceAtIt() {
    fail(send(begin(RetryPolicy.events(185, 60_000))));

    assertThat(attemptMillis.getLast()).isEqualTo(60_000);
    assertThat(attemptMillis).hasSizeBetween(3, 60);
    assertThat(state.phase()).isEqualTo(Delivery.Phase.PARKED);
  }

  @Test
  void triesOnceWithoutRetries() {
    fail(send(begin(RetryPolicy.events(0, 60_000))));

    assertThat(attemptMillis).containsExactly(0L);
  }

  @Test
  void hasAFreshBudgetAfterARedrive() {
    fail(send(begin(RetryPolicy.events(3, 60_000))));
    millis += 1_000_000;
    fail(send(new DeliveryCommand.Redrive(null)));

    assertThat(attemptMillis).hasSize(8);
    assertThat(state.attempt()).isEqualTo(8);
    assertThat(state.phase()).isEqualTo(Delivery.Phase.PARKED);
  }

  /** What PutEvents answers where the second of two entries isn't taken. */
  private static DeliveryCommand.Attempted refused(int attempt, String code) {
    return new DeliveryCommand.Attempted(
        attempt,
        new Outcome.Succeeded(
            Json.parse(
                "{\"FailedEntryCount\":1,\"Entries\":[{\"EventId\":\"e\"},{\"ErrorCode\":\"%s\",\"ErrorMessage\":\"No.\"}]}"
                    .formatted(code))));
  }

  @Test
  void parksAnEventThatItsBusRefuses() {
    send(begin(RetryPolicy.events(3, 60_000)));

    assertThat(send(refused(1, "NotAuthorizedForSource"))).isEmpty();
    assertThat(state.phase()).isEqualTo(Delivery.Phase.PARKED);
    assertThat(state.reason()).isEqualTo(DeliveryFact.Reason.REFUSED);
    assertThat(state.error()).isEqualTo("NotAuthorizedForSource");
    assertThat(state.message()).isEqualTo("No.");
  }

  @Test
  void triesAnEventAgainThatItsBusHasNoTimeFor() {
    for (String code : List.of("ThrottlingException", "InternalFailure")) {
      state = new Delivery();
      send(begin(RetryPolicy.events(3, 60_000)));

      assertThat(send(refused(1, code))).hasExactlyElementsOfTypes(Effect.Wake.class);
      assertThat(state.phase()).isEqualTo(Delivery.Phase.WAITING);
      send(new DeliveryCommand.Retry(2));
      send(
          new DeliveryCommand.Attempted(
              2,
              new Outcome.Succeeded(
                  Json.parse("{\"FailedEntryCount\":0,\"Entries\":[{\"EventId\":\"e\"}]}"))));
      assertThat(state.phase()).isEqualTo(Delivery.Phase.DELIVERED);
    }
  }

  @Test
  void anAttemptThatWasNotMadeIsNone() {
    send(begin(RetryPolicy.events(3, 60_000)));
    millis = 200_000;
    send(deliveries.outcome("attempt/1", Outcome.Failed.untried()));

    assertThat(state.phase()).isEqualTo(Delivery.Phase.PARKED);
    assertThat(state.reason()).isEqualTo(DeliveryFact.Reason.TOO_OLD);
    assertThat(state.attempt()).isZero();
    assertThat(state.error()).isEqualTo("TargetUnavailable");
  }

  @Test
  void parksWithWhatTheLastAttemptThatWasMadeSaid() {
    send(begin(RetryPolicy.events(3, 60_000)));
    send(deliveries.outcome("attempt/1", THROTTLED));
    send(new DeliveryCommand.Retry(2));
    send(deliveries.outcome("attempt/2", Outcome.Failed.untried()));

    assertThat(state.attempt()).isEqualTo(1);
    assertThat(state.error()).isEqualTo("TooManyRequestsException");
  }

  @Test
  void sendsWhatWasEditedWhileItWasParked() {
    fail(send(begin(RetryPolicy.events(0, 0))));
    Request edited = new Request.Post("http://example.com", java.util.Map.of(), "fixed");

    assertThat(send(new DeliveryCommand.Edit(edited))).isEmpty();
    assertThat(state.isEdited()).isTrue();
    assertThat(send(new DeliveryCommand.Redrive(null)))
        .singleElement()
        .isInstanceOfSatisfying(
            Effect.Call.class, call -> assertThat(call.request()).isEqualTo(edited));
  }

  @Test
  void sendsAnEditedRequestWhenRedrivenWithOne() {
    fail(send(begin(RetryPolicy.events(0, 0))));
    Request edited = new Request.Post("http://example.com", java.util.Map.of(), "fixed");

    assertThat(send(new DeliveryCommand.Redrive(edited)))
        .containsExactly(
            new Effect.Call(
                "attempt/2",
                "arn:aws:lambda:us-east-1:111111111111:function:f",
                edited,
                millis + 60_000));
  }

  @Test
  void dropsOutcomesThatComeTooLate() {
    send(begin(RetryPolicy.events()));
    send(new DeliveryCommand.Attempted(1, new Outcome.Succeeded(Json.object())));

    assertThat(send(new DeliveryCommand.Attempted(1, THROTTLED))).isEmpty();
    assertThat(state.phase()).isEqualTo(Delivery.Phase.DELIVERED);
  }
}
