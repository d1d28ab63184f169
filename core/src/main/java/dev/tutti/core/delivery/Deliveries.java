package dev.tutti.core.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.delivery.Delivery.Phase;
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
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides deliveries, aggregate kind {@code delivery}; the owner gives the id, for example {@code
 * <event key>|<rule ARN>|<target id>}.
 *
 * <p>Begin calls, or waits for its turn where it belongs to a message group; a failure that may
 * pass waits and calls again, as long as the policy allows; any other failure, and the last, parks.
 * So a delivery is at every time pending, delivered, parked, or discarded by someone, never gone.
 */
public final class Deliveries implements Decider<Delivery, DeliveryCommand, DeliveryFact> {
  public static final String KIND = "delivery";

  /** Parked deliveries: context, inverted time of parking (newest first), delivery id. */
  public static final String PARKED = "parked-deliveries";

  /** Deliveries of an event or message: its id, delivery id. */
  public static final String BY_EVENT = "event-deliveries";

  private static final String ATTEMPT = "attempt/";

  /** How late the attempt that is due at the end of the age may begin. */
  private static final long GRACE_MILLIS = 60_000;

  /** The longest wait that a target may ask for. */
  private static final long MAX_ASKED_SECONDS = 24 * 60 * 60;

  private static final List<String> NAMES =
      List.of("executionArn", "MessageId", "SequenceNumber", "EventId", "StatusCode", "RequestId");

  public static Key key(String id) {
    return new Key(KIND, id);
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Class<DeliveryCommand> commands() {
    return DeliveryCommand.class;
  }

  @Override
  public Class<DeliveryFact> facts() {
    return DeliveryFact.class;
  }

  @Override
  public Delivery blank(Key key) {
    return new Delivery();
  }

  @Override
  public Decision<DeliveryCommand, DeliveryFact> decide(
      Delivery state, DeliveryCommand command, Moment moment) {
    return switch (command) {
      case DeliveryCommand.Begin begin -> begin(state, begin);
      case DeliveryCommand.Withhold withhold ->
          state.phase() == Phase.BLANK
              ? done(
                  new DeliveryFact.Withheld(
                      begun(withhold.begin()), withhold.error(), withhold.message()))
              : Decision.<DeliveryCommand, DeliveryFact>none().replying();
      case DeliveryCommand.Admit admit ->
          state.phase() == Phase.QUEUED
              ? Decision.of(new DeliveryFact.Admitted())
              : Decision.none();
      case DeliveryCommand.Attempted attempted ->
          state.phase() == Phase.TRYING && state.attempt() == attempted.attempt()
              ? settle(state, attempted, moment)
              : Decision.none();
      case DeliveryCommand.HandedOver handed -> HandingOver.settle(state, handed, moment);
      case DeliveryCommand.HandOver again -> HandingOver.retry(state, again);
      case DeliveryCommand.Retry retry -> retry(state, retry);
      case DeliveryCommand.Redrive redrive -> redrive(state, redrive.request());
      case DeliveryCommand.Discard discard ->
          state.phase() == Phase.PARKED
              ? done(new DeliveryFact.Discarded(discard.reason()))
              : notParked();
      case DeliveryCommand.Edit edit ->
          state.phase() == Phase.PARKED
              ? done(new DeliveryFact.Edited(edit.request()))
              : notParked();
    };
  }

  private static Decision<DeliveryCommand, DeliveryFact> begin(
      Delivery state, DeliveryCommand.Begin begin) {
    if (state.phase() != Phase.BLANK) {
      return Decision.<DeliveryCommand, DeliveryFact>none().replying();
    }
    return done(begun(begin));
  }

  private static DeliveryFact.Begun begun(DeliveryCommand.Begin begin) {
    return new DeliveryFact.Begun(
        begin.context(),
        begin.target(),
        begin.source(),
        begin.lane(),
        begin.request(),
        begin.retry(),
        begin.deadLetters(),
        begin.group());
  }

  private static Decision<DeliveryCommand, DeliveryFact> settle(
      Delivery state, DeliveryCommand.Attempted attempted, Moment moment) {
    int attempt = attempted.attempt();
    return switch (attempted.outcome()) {
      case Outcome.Succeeded succeeded -> {
        Optional<Outcome.Failed> refused = RefusedEntry.in(succeeded.output());
        yield refused.isPresent()
            ? fail(state, attempt, refused.get(), moment)
            : Decision.of(new DeliveryFact.Delivered(attempt, summary(succeeded.output())));
      }
      case Outcome.Failed failed when failed.isUntried() ->
          park(attempt - 1, DeliveryFact.Reason.TOO_OLD, lastFailure(state, failed));
      case Outcome.Failed failed -> fail(state, attempt, failed, moment);
    };
  }

  private static Decision<DeliveryCommand, DeliveryFact> fail(
      Delivery state, int attempt, Outcome.Failed failed, Moment moment) {
    return switch (Verdict.of(failed)) {
      case ALREADY_THERE ->
          Decision.of(
              new DeliveryFact.Delivered(attempt, Json.object().put("error", failed.error())));
      case FINAL -> park(attempt, DeliveryFact.Reason.REFUSED, failed);
      case PASSING ->
          asksForNoMore(failed)
              ? park(attempt, DeliveryFact.Reason.REFUSED, failed)
              : failPassing(state, attempt, failed, moment);
    };
  }

  private static boolean asksForNoMore(Outcome.Failed failed) {
    Long seconds = failed.retryAfterSeconds();
    return seconds != null && seconds < 0;
  }

  /** What the last attempt that was made said; where none was made, that none was. */
  private static Outcome.Failed lastFailure(Delivery state, Outcome.Failed untried) {
    String error = state.error();
    String message = state.message();
    return error == null || message == null || state.attemptsUsed() == 1
        ? untried
        : new Outcome.Failed(untried.service(), error, message, 0);
  }

  /** Plans the next attempt, no later than the age allows; the last allowed one may fail too. */
  private static Decision<DeliveryCommand, DeliveryFact> failPassing(
      Delivery state, int attempt, Outcome.Failed failed, Moment moment) {
    DeliveryFact.Begun begun = begun(state);
    RetryPolicy policy = begun.retry();
    int used = state.attemptsUsed();
    if (used > policy.maximumRetries()) {
      return park(attempt, DeliveryFact.Reason.ATTEMPTS_USED, failed);
    }
    long lastMillis = state.sinceMillis() + policy.maximumAgeMillis();
    if (moment.millis() >= lastMillis) {
      return park(attempt, DeliveryFact.Reason.TOO_OLD, failed);
    }
    long delayMillis =
        Math.max(policy.backoff().delayMillis(used, moment.random()), askedMillis(failed));
    long nextAtMillis = Math.min(moment.millis() + delayMillis, lastMillis);
    return Decision.of(
        new DeliveryFact.AttemptFailed(attempt, failed.error(), failed.message(), nextAtMillis));
  }

  /** How long the target asks to be left alone, but not longer than a day. */
  private static long askedMillis(Outcome.Failed failed) {
    Long seconds = failed.retryAfterSeconds();
    return seconds == null ? 0 : Math.min(seconds, MAX_ASKED_SECONDS) * 1000;
  }

  private static Decision<DeliveryCommand, DeliveryFact> park(
      int attempt, DeliveryFact.Reason reason, Outcome.Failed failed) {
    return Decision.of(new DeliveryFact.Parked(attempt, reason, failed.error(), failed.message()));
  }

  private static Decision<DeliveryCommand, DeliveryFact> retry(
      Delivery state, DeliveryCommand.Retry retry) {
    return state.phase() == Phase.WAITING && retry.attempt() == state.attempt() + 1
        ? Decision.of(new DeliveryFact.Retried(retry.attempt()))
        : Decision.none();
  }

  private static Decision<DeliveryCommand, DeliveryFact> redrive(
      Delivery state, @Nullable Request edited) {
    return state.phase() == Phase.PARKED
        ? done(new DeliveryFact.Redriven(state.attempt() + 1, edited))
        : notParked();
  }

  private static Decision<DeliveryCommand, DeliveryFact> done(DeliveryFact fact) {
    return Decision.<DeliveryCommand, DeliveryFact>of(fact).replying();
  }

  private static Decision<DeliveryCommand, DeliveryFact> notParked() {
    return Decision.refuse("ResourceNotFoundException", "The delivery is not parked.");
  }

  private static DeliveryFact.Begun begun(Delivery state) {
    DeliveryFact.Begun begun = state.begun();
    if (begun == null) {
      throw new IllegalStateException("the delivery has not begun");
    }
    return begun;
  }

  /** What an answer calls itself: its ids and ARNs. */
  static JsonNode summary(JsonNode output) {
    ObjectNode summary = Json.object();
    for (String name : NAMES) {
      JsonNode value = output.path(name);
      if (value.isValueNode() && !value.isNull()) {
        summary.set(name, value);
      }
    }
    return summary;
  }

  @Override
  public Delivery apply(Delivery state, Recorded<DeliveryFact> recorded) {
    state.apply(recorded);
    return state;
  }

  @Override
  public List<Effect> effects(Delivery state, Recorded<DeliveryFact> recorded) {
    return switch (recorded.fact()) {
      case DeliveryFact.Begun fact -> fact.group() == null ? List.of(call(state)) : List.of();
      case DeliveryFact.Admitted fact -> List.of(call(state));
      case DeliveryFact.Retried fact -> List.of(call(state));
      case DeliveryFact.Redriven fact -> {
        List<Effect> effects = new ArrayList<>(HandingOver.withdrawn(state, fact.attempt() - 1));
        effects.add(call(state));
        yield effects;
      }
      case DeliveryFact.AttemptFailed fact -> {
        int next = fact.attempt() + 1;
        yield List.of(
            new Effect.Wake("retry/" + next, fact.nextAtMillis(), new DeliveryCommand.Retry(next)));
      }
      case DeliveryFact.Withheld fact -> HandingOver.call(state);
      case DeliveryFact.Delivered fact -> leave(state, recorded.key());
      case DeliveryFact.Parked fact -> {
        List<Effect> effects = new ArrayList<>(HandingOver.call(state));
        effects.addAll(leave(state, recorded.key()));
        yield effects;
      }
      case DeliveryFact.DeadLettered fact -> List.of();
      case DeliveryFact.HandOverRetried fact -> HandingOver.call(state);
      case DeliveryFact.HandOverFailed fact -> HandingOver.later(fact);
      case DeliveryFact.Edited fact -> List.of();
      case DeliveryFact.Discarded fact -> HandingOver.withdrawn(state, state.attempt());
    };
  }

  /** Lets the next of its message group go. */
  private static List<Effect> leave(Delivery state, Key key) {
    String group = begun(state).group();
    return group == null
        ? List.of()
        : List.of(
            new Effect.Tell(MessageGroups.key(group), new MessageGroupCommand.Leave(key.id())));
  }

  private static Effect call(Delivery state) {
    Request request = state.request();
    if (request == null) {
      throw new IllegalStateException("a delivery under way has a request");
    }
    DeliveryFact.Begun begun = begun(state);
    long lastMillis = state.sinceMillis() + begun.retry().maximumAgeMillis();
    boolean scheduled = begun.source().kind() == Source.Kind.SCHEDULE;
    return new Effect.Call(
        ATTEMPT + state.attempt(),
        begun.lane(),
        scheduled ? AttemptNumber.in(request, state.attempt()) : request,
        lastMillis + GRACE_MILLIS);
  }

  @Override
  public DeliveryCommand outcome(String call, Outcome outcome) {
    if (HandingOver.isCall(call)) {
      return HandingOver.outcome(call, outcome);
    }
    if (!call.startsWith(ATTEMPT)) {
      throw new IllegalArgumentException("not a delivery's call: " + call);
    }
    return new DeliveryCommand.Attempted(
        Integer.parseInt(call.substring(ATTEMPT.length())), outcome);
  }

  @Override
  public void index(Delivery state, Recorded<DeliveryFact> recorded, Rows rows) {
    DeliveryRows.write(state, recorded, rows);
  }
}
