package dev.tutti.core.functions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.Decider;
import dev.tutti.core.kernel.Decision;
import dev.tutti.core.kernel.Effect;
import dev.tutti.core.kernel.Key;
import dev.tutti.core.kernel.Moment;
import dev.tutti.core.kernel.Outcome;
import dev.tutti.core.kernel.Recorded;
import dev.tutti.core.kernel.Request;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides how an asynchronous invocation goes on, as Lambda's developer guide has it (<i>How Lambda
 * handles errors and retries with asynchronous invocation</i>).
 *
 * <p>A function error is retried after one minute, the next after two, as often as the function
 * allows. Throttles and faults of the service don't count: they are retried after 1 s, 2 s, 4 s, …
 * at most 5 minutes. Nothing is retried past the event's maximum age. Whatever else the door
 * refuses ends it. Every attempt is {@code lambda:Invoke} under the invocation's own request id,
 * which goes along as the member {@link #REQUEST_ID}, one that no API client can send.
 */
public final class Invocations implements Decider<Invocation, InvocationCommand, InvocationFact> {
  /** The {@link Key#kind()}; the id is the request's id. */
  public static final String KIND = "invocation";

  /** Member of Invoke's input that carries the request id of an attempt. */
  public static final String REQUEST_ID = "QueuedRequestId";

  /**
   * The error of an attempt whose function may run nothing at all, and why the invocation is given
   * up for it: at once, as Lambda does.
   */
  public static final String NO_CONCURRENCY = "ZeroReservedConcurrency";

  private static final long MAX_BACKOFF_MILLIS = 300_000;

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Class<InvocationCommand> commands() {
    return InvocationCommand.class;
  }

  @Override
  public Class<InvocationFact> facts() {
    return InvocationFact.class;
  }

  @Override
  public Invocation blank(Key key) {
    return Invocation.blank(key.id());
  }

  @Override
  public Decision<InvocationCommand, InvocationFact> decide(
      Invocation state, InvocationCommand command, Moment moment) {
    return switch (command) {
      case InvocationCommand.Queue queue ->
          state.queued() != null
              ? Decision.<InvocationCommand, InvocationFact>none().replying()
              : Decision.<InvocationCommand, InvocationFact>of(queued(queue)).replying();
      case InvocationCommand.Attempt attempt -> attempt(state, attempt.number());
      case InvocationCommand.Settle settle ->
          state.phase() != Invocation.Phase.RUNNING || settle.number() != state.attempt()
              ? Decision.none()
              : settle(state, settle.outcome(), moment);
    };
  }

  private static InvocationFact queued(InvocationCommand.Queue queue) {
    return new InvocationFact.Queued(
        queue.context(),
        queue.region(),
        queue.function(),
        queue.qualifier(),
        queue.payload(),
        queue.clientContext(),
        queue.retries(),
        queue.maxAgeSeconds(),
        queue.destinations());
  }

  private static Decision<InvocationCommand, InvocationFact> attempt(Invocation state, int number) {
    InvocationFact.Queued queued = state.queued();
    if (queued == null
        || state.phase() != Invocation.Phase.WAITING
        || number != state.attempt() + 1) {
      return Decision.none();
    }
    return Decision.of(
        new InvocationFact.Attempted(
            number,
            queued.context(),
            queued.region(),
            queued.function(),
            queued.qualifier(),
            queued.payload(),
            queued.clientContext()));
  }

  private static Decision<InvocationCommand, InvocationFact> settle(
      Invocation state, Outcome outcome, Moment moment) {
    int number = state.attempt();
    return switch (outcome) {
      case Outcome.Succeeded succeeded -> {
        JsonNode output = succeeded.output();
        yield output.hasNonNull("FunctionError")
            ? failed(state, true, output.get("FunctionError").asText(), "", output, moment)
            : Decision.of(new InvocationFact.Succeeded(number, output));
      }
      case Outcome.Failed failed ->
          failed.status() == 429 || failed.status() >= 500 || failed.status() == 0
              ? failed(state, false, failed.error(), failed.message(), null, moment)
              : Decision.of(
                  new InvocationFact.Discarded(
                      number, "Refused", failed.error(), failed.message(), null));
    };
  }

  private static Decision<InvocationCommand, InvocationFact> failed(
      Invocation state,
      boolean counted,
      String error,
      String message,
      @Nullable JsonNode output,
      Moment moment) {
    InvocationFact.Queued queued = state.queued();
    if (queued == null) {
      return Decision.none();
    }
    int number = state.attempt();
    if (error.equals(NO_CONCURRENCY)) {
      return Decision.of(
          new InvocationFact.Discarded(number, NO_CONCURRENCY, error, message, output));
    }
    if (counted && state.errors() >= queued.retries()) {
      return Decision.of(
          new InvocationFact.Discarded(number, "RetriesExhausted", error, message, output));
    }
    long wait =
        counted
            ? 60_000L * (state.errors() + 1)
            : Math.min(
                MAX_BACKOFF_MILLIS,
                1000L << Math.min(20, Math.max(0, number - state.errors() - 1)));
    long at = moment.millis() + wait;
    if (at > state.queuedMillis() + queued.maxAgeSeconds() * 1000L) {
      return Decision.of(
          new InvocationFact.Discarded(number, "EventAgeExceeded", error, message, output));
    }
    return Decision.of(new InvocationFact.Failed(number, counted, error, message, at));
  }

  @Override
  public Invocation apply(Invocation state, Recorded<InvocationFact> recorded) {
    return switch (recorded.fact()) {
      case InvocationFact.Queued queued ->
          new Invocation(state.id(), queued, recorded.millis(), 1, 0, Invocation.Phase.RUNNING);
      case InvocationFact.Failed failed ->
          state.at(
              Invocation.Phase.WAITING,
              failed.number(),
              failed.counted() ? state.errors() + 1 : state.errors());
      case InvocationFact.Attempted attempted ->
          state.at(Invocation.Phase.RUNNING, attempted.number(), state.errors());
      case InvocationFact.Succeeded succeeded ->
          state.at(Invocation.Phase.ENDED, succeeded.number(), state.errors());
      case InvocationFact.Discarded discarded ->
          state.at(Invocation.Phase.ENDED, discarded.number(), state.errors());
    };
  }

  @Override
  public List<Effect> effects(Invocation state, Recorded<InvocationFact> recorded) {
    String id = recorded.key().id();
    return switch (recorded.fact()) {
      case InvocationFact.Queued queued ->
          List.of(
              call(
                  id,
                  1,
                  queued.context(),
                  queued.region(),
                  queued.function(),
                  queued.qualifier(),
                  queued.payload(),
                  queued.clientContext()));
      case InvocationFact.Attempted next ->
          List.of(
              call(
                  id,
                  next.number(),
                  next.context(),
                  next.region(),
                  next.function(),
                  next.qualifier(),
                  next.payload(),
                  next.clientContext()));
      case InvocationFact.Failed failed -> {
        int next = failed.number() + 1;
        yield List.of(
            new Effect.Wake(
                "retry/" + next, failed.atMillis(), new InvocationCommand.Attempt(next)));
      }
      case InvocationFact.Succeeded succeeded ->
          Destinations.succeeded(state, recorded.millis(), succeeded);
      case InvocationFact.Discarded discarded ->
          Destinations.discarded(state, recorded.millis(), discarded);
    };
  }

  private static Effect call(
      String id,
      int number,
      String context,
      String region,
      String function,
      @Nullable String qualifier,
      String payload,
      @Nullable String clientContext) {
    ObjectNode input = Json.object();
    input.put("FunctionName", function).put("InvocationType", "RequestResponse");
    if (qualifier != null) {
      input.put("Qualifier", qualifier);
    }
    if (clientContext != null) {
      input.put("ClientContext", clientContext);
    }
    input.put("Payload", payload).put(REQUEST_ID, id);
    return new Effect.Call(
        "invoke/" + number,
        function,
        new Request.Operation(context, region, "lambda", "Invoke", input));
  }

  @Override
  public InvocationCommand outcome(String call, Outcome outcome) {
    return new InvocationCommand.Settle(
        Integer.parseInt(call.substring(call.indexOf('/') + 1)), outcome);
  }
}
