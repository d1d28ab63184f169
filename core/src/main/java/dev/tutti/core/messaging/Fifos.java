package dev.tutti.core.messaging;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.delivery.Deliveries;
import dev.tutti.core.delivery.DeliveryCommand;
import dev.tutti.core.delivery.RetryPolicy;
import dev.tutti.core.delivery.Source;
import dev.tutti.core.delivery.Verdict;
import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.Decider;
import dev.tutti.core.kernel.Decision;
import dev.tutti.core.kernel.Effect;
import dev.tutti.core.kernel.Key;
import dev.tutti.core.kernel.Moment;
import dev.tutti.core.kernel.Outcome;
import dev.tutti.core.kernel.Recorded;
import dev.tutti.core.kernel.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * Decides about what is published to FIFO topics: who gets it, once, and one after the other within
 * a group. A subscription whose queue can't be reached holds up its own groups only: what may pass
 * is tried again; what may not goes to its dead-letter queue, else is parked as a delivery of its
 * own, and the group goes on.
 */
public final class Fifos implements Decider<Fifo, FifoCommand, FifoFact> {
  /** The {@link Key#kind()}; the id is the topic's ARN. */
  public static final String KIND = "fifo-topic";

  private final Subscriptions subscriptions;
  private final String publicUrl;
  private final Matches matches = new Matches();

  /**
   * Makes the decider.
   *
   * @param publicUrl where links in messages lead, for example {@code http://127.0.0.1:4566}
   */
  public Fifos(Subscriptions subscriptions, String publicUrl) {
    this.subscriptions = subscriptions;
    this.publicUrl = publicUrl;
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Class<FifoCommand> commands() {
    return FifoCommand.class;
  }

  @Override
  public Class<FifoFact> facts() {
    return FifoFact.class;
  }

  @Override
  public Fifo blank(Key key) {
    return new Fifo();
  }

  @Override
  public Decision<FifoCommand, FifoFact> decide(Fifo state, FifoCommand command, Moment moment) {
    return switch (command) {
      case FifoCommand.Publish publish -> publish(state, publish, moment);
      case FifoCommand.Attempted attempted -> settle(state, attempted, moment);
      case FifoCommand.Retry retry -> {
        Fifo.Item first = state.first(retry.subscriptionArn(), retry.number());
        yield first == null || first.attempt() != retry.attempt()
            ? Decision.none()
            : Decision.of(
                new FifoFact.Retried(retry.subscriptionArn(), retry.number(), retry.attempt()));
      }
    };
  }

  private Decision<FifoCommand, FifoFact> publish(
      Fifo state, FifoCommand.Publish command, Moment moment) {
    NoticeCommand.Publish publish = command.publish();
    Fifo.Known known =
        state.known(Fifo.deduplication(publish, command.perGroup()), moment.millis());
    if (known != null) {
      return Decision.<FifoCommand, FifoFact>none()
          .replying(answer(known.messageId(), known.number()));
    }
    Topic topic = subscriptions.topic(publish.topicArn());
    if (topic == null) {
      return Decision.refuse("NotFound", "Topic does not exist");
    }
    long number = state.number() + 1;
    return Decision.<FifoCommand, FifoFact>of(
            new FifoFact.Accepted(
                command.messageId(),
                NoticeFact.Published.of(
                    publish, publicUrl, sequence(number), matches.of(topic, publish)),
                command.perGroup()))
        .replying(answer(command.messageId(), number));
  }

  private static JsonNode answer(String messageId, long number) {
    return Json.object().put("MessageId", messageId).put("SequenceNumber", sequence(number));
  }

  /** Twenty digits, as SNS has them. */
  private static String sequence(long number) {
    return String.format(Locale.ROOT, "1%019d", number);
  }

  private static Decision<FifoCommand, FifoFact> settle(
      Fifo state, FifoCommand.Attempted attempted, Moment moment) {
    String subscription = attempted.subscriptionArn();
    Fifo.Item item = state.first(subscription, attempted.number());
    if (item == null || item.attempt() != attempted.attempt()) {
      return Decision.none();
    }
    return switch (attempted.outcome()) {
      case Outcome.Succeeded succeeded ->
          Decision.of(new FifoFact.Delivered(subscription, item.number()));
      case Outcome.Failed failed -> {
        if (Verdict.of(failed) == Verdict.PASSING && mayTryAgain(item, moment)) {
          RetryPolicy policy = item.match().retry();
          long delay = policy.backoff().delayMillis(item.attempt(), moment.random());
          yield Decision.of(
              new FifoFact.Failed(
                  subscription,
                  item.number(),
                  item.attempt(),
                  failed.error(),
                  failed.message(),
                  moment.millis() + delay));
        }
        yield Decision.of(
            item.diverted() || item.match().deadLetterArn() == null
                ? new FifoFact.GivenUp(
                    subscription, item.number(), failed.error(), failed.message())
                : new FifoFact.Diverted(
                    subscription,
                    item.number(),
                    item.attempt() + 1,
                    failed.error(),
                    failed.message()));
      }
    };
  }

  private static boolean mayTryAgain(Fifo.Item item, Moment moment) {
    RetryPolicy policy = item.match().retry();
    return item.attempt() <= policy.maximumRetries()
        && moment.millis() < item.millis() + policy.maximumAgeMillis();
  }

  @Override
  public Fifo apply(Fifo state, Recorded<FifoFact> recorded) {
    state.apply(recorded);
    return state;
  }

  @Override
  public List<Effect> effects(Fifo state, Recorded<FifoFact> recorded) {
    return switch (recorded.fact()) {
      case FifoFact.Accepted fact ->
          fact.notice().matches().stream()
              .map(match -> state.first(match.subscriptionArn(), state.number()))
              .filter(Objects::nonNull)
              .map(Fifos::call)
              .toList();
      case FifoFact.Delivered fact -> following(state, left(state));
      case FifoFact.Failed fact -> {
        int next = fact.attempt() + 1;
        yield List.of(
            new Effect.Wake(
                "retry/" + name(fact.number(), next, fact.subscriptionArn()),
                fact.nextAtMillis(),
                new FifoCommand.Retry(fact.subscriptionArn(), fact.number(), next)));
      }
      case FifoFact.Retried fact -> again(state, fact.subscriptionArn(), fact.number());
      case FifoFact.Diverted fact -> again(state, fact.subscriptionArn(), fact.number());
      case FifoFact.GivenUp fact -> givenUp(state, left(state), fact);
    };
  }

  private static Fifo.Item left(Fifo state) {
    Fifo.Item item = state.latestLeft();
    if (item == null) {
      throw new IllegalStateException("a notice left a line that has none");
    }
    return item;
  }

  /** The call of the next of a group, once the one before has left. */
  private static List<Effect> following(Fifo state, Fifo.Item left) {
    Fifo.Item next =
        state.first(left.match().subscriptionArn(), String.valueOf(left.notice().group()));
    return next == null ? List.of() : List.of(call(next));
  }

  private static List<Effect> again(Fifo state, String subscriptionArn, long number) {
    Fifo.Item item = state.first(subscriptionArn, number);
    return item == null ? List.of() : List.of(call(item));
  }

  private static List<Effect> givenUp(Fifo state, Fifo.Item item, FifoFact.GivenUp fact) {
    Match match = item.match();
    Effect parked =
        new Effect.Tell(
            Deliveries.key(item.messageId() + '|' + match.subscriptionArn()),
            new DeliveryCommand.Withhold(
                new DeliveryCommand.Begin(
                    match.owner(),
                    match.endpoint(),
                    Source.subscription(match.subscriptionArn(), item.messageId()),
                    match.endpoint(),
                    request(item, match),
                    match.retry()),
                fact.error(),
                fact.message()));
    List<Effect> effects = new ArrayList<>(List.of(parked));
    effects.addAll(following(state, item));
    return effects;
  }

  private static Effect call(Fifo.Item item) {
    Match match = item.diverted() ? item.match().ofDeadLetters() : item.match();
    return new Effect.Call(
        "send/" + name(item.number(), item.attempt(), match.subscriptionArn()),
        match.endpoint(),
        request(item, match));
  }

  private static Request request(Fifo.Item item, Match match) {
    return Messages.delivery(item.messageId(), item.millis(), item.notice(), match);
  }

  private static String name(long number, int attempt, String subscriptionArn) {
    return number + "/" + attempt + '/' + subscriptionArn;
  }

  @Override
  public FifoCommand outcome(String call, Outcome outcome) {
    String[] parts = call.split("/", 4);
    if (!parts[0].equals("send")) {
      throw new IllegalArgumentException("not a FIFO topic's call: " + call);
    }
    return new FifoCommand.Attempted(
        parts[3], Long.parseLong(parts[1]), Integer.parseInt(parts[2]), outcome);
  }
}
