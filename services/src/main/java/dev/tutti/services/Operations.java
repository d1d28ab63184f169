package dev.tutti.services;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.kernel.Cause;
import dev.tutti.core.kernel.Command;
import dev.tutti.core.kernel.Ids;
import dev.tutti.core.kernel.Key;
import dev.tutti.core.kernel.Outcome;
import dev.tutti.core.kernel.Reply;
import dev.tutti.core.kernel.Request;
import dev.tutti.host.Engine;
import dev.tutti.host.Once;
import dev.tutti.host.Performer;
import dev.tutti.services.http.RetryAfter;
import dev.tutti.services.sdk.SdkCall;
import dev.tutti.services.sdk.SdkService;
import dev.tutti.wire.Call;
import dev.tutti.wire.Door;
import dev.tutti.wire.ServiceError;
import dev.tutti.wire.TraceHeader;
import dev.tutti.wire.model.Validator;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The one door: every operation, whoever asks for it, comes through here. A request from outside
 * gets a cause of its own; a call that a fact owes keeps the fact's cause and the same id each time
 * it is performed, so that its commands take effect once.
 */
public final class Operations implements Door, Performer {
  private final Engine engine;
  private final Map<String, Map<String, Operation>> services = new LinkedHashMap<>();
  private final Function<Request.Post, Outcome> poster;
  private final LongSupplier clock;
  private final Elsewhere elsewhere;

  /** Who performs operations of services that aren't here. */
  public interface Elsewhere {
    /** Nobody. */
    Elsewhere NOWHERE =
        new Elsewhere() {
          @Override
          public boolean takes(String service) {
            return false;
          }

          @Override
          public JsonNode perform(Request.Operation asked) {
            throw new IllegalStateException("nothing is taken");
          }
        };

    /** Whether it performs a service's operations. */
    boolean takes(String service);

    /** Whether it performs this one in the place of a service that is here. */
    default boolean comesFirst(Request.Operation asked) {
      return false;
    }

    /**
     * Performs one.
     *
     * @throws ServiceError what the service answers
     */
    JsonNode perform(Request.Operation asked);
  }

  /** As the longer one, where what isn't here is nowhere. */
  public Operations(
      Engine engine,
      List<Service> services,
      Function<Request.Post, Outcome> poster,
      LongSupplier clock) {
    this(engine, services, poster, clock, Elsewhere.NOWHERE);
  }

  /**
   * Opens the door to some services.
   *
   * @param poster performs requests to addresses outside
   * @param clock epoch milliseconds, for the ids of new traces
   * @param elsewhere performs what these services don't
   */
  public Operations(
      Engine engine,
      List<Service> services,
      Function<Request.Post, Outcome> poster,
      LongSupplier clock,
      Elsewhere elsewhere) {
    this.elsewhere = elsewhere;
    this.engine = engine;
    this.poster = poster;
    this.clock = clock;
    services.forEach(service -> this.services.put(service.name(), service.operations()));
  }

  /** Whether an operation is performed here. */
  public boolean serves(String service, String operation) {
    return services.getOrDefault(service, Map.of()).containsKey(operation);
  }

  @Override
  public JsonNode call(Call call) {
    return operation(call).perform(new Live(call, causeOf(call), null));
  }

  @Override
  public Outcome perform(String id, Cause cause, Request request) {
    return perform(id, cause, request, new Repeats(id, ""));
  }

  private Outcome perform(String id, Cause cause, Request request, @Nullable Repeats repeats) {
    return switch (request) {
      case Request.Post post -> poster.apply(post);
      case Request.Operation asked when SdkCall.is(asked) ->
          SdkCall.perform(asked, named -> performed(id, cause, named, repeats));
      case Request.Operation asked -> {
        try {
          yield new Outcome.Succeeded(performed(id, cause, asked, repeats));
        } catch (ServiceError error) {
          JsonNode seconds = error.members().path(RetryAfter.MEMBER);
          yield new Outcome.Failed(
              asked.service(),
              error.code(),
              error.getMessage(),
              error.status(),
              seconds.isIntegralNumber() ? (Long) seconds.longValue() : null);
        }
      }
    };
  }

  private JsonNode performed(
      String id, Cause cause, Request.Operation asked, @Nullable Repeats repeats) {
    if (!services.containsKey(asked.service()) || elsewhere.comesFirst(asked)) {
      return absent(asked);
    }
    Call call =
        new Call(
            asked.context(),
            asked.region(),
            asked.service(),
            asked.operation(),
            asked.input(),
            id,
            new TraceHeader(cause.root(), cause.parent(), cause.lineage()));
    return operation(call).perform(new Live(call, cause, repeats));
  }

  /** An operation that isn't performed here: what its model refuses is refused all the same. */
  private JsonNode absent(Request.Operation asked) {
    SdkService.called(asked.service())
        .flatMap(service -> service.operation(asked.operation()))
        .flatMap(known -> Validator.check(known.input(), asked.input()))
        .ifPresent(violations -> {
          throw new ServiceError("ValidationException", violations);
        });
    if (elsewhere.comesFirst(asked) || elsewhere.takes(asked.service())) {
      return elsewhere.perform(asked);
    }
    throw unknown(asked.service(), asked.operation());
  }

  private static ServiceError unknown(String service, String operation) {
    return new ServiceError(
        "UnknownOperationException",
        "The operation " + service + ":" + operation + " is not available here");
  }

  private Operation operation(Call call) {
    Operation operation = services.getOrDefault(call.service(), Map.of()).get(call.operation());
    if (operation == null) {
      throw unknown(call.service(), call.operation());
    }
    return operation;
  }

  private Cause causeOf(Call call) {
    String origin = call.context() + " " + call.service() + ":" + call.operation();
    TraceHeader trace = call.trace();
    if (trace != null) {
      return new Cause(trace.root(), trace.parent(), origin, trace.lineage());
    }
    String root =
        "1-"
            + HexFormat.of().toHexDigits(clock.getAsLong() / 1000, 8)
            + '-'
            + Ids.hex("trace/" + call.id(), 24);
    return new Cause(root, "", origin);
  }

  /**
   * By what commands are known when they are repeated.
   *
   * @param call see {@link Once#call}
   * @param part see {@link Once#part}
   */
  private record Repeats(String call, String part) {}

  /** An exchange with the engine. */
  private final class Live extends Exchange {
    private final Cause cause;
    private final @Nullable Repeats repeats;
    private final Map<Key, Integer> sent = new ConcurrentHashMap<>();

    /**
     * An exchange for a call.
     *
     * @param repeats null where the call isn't performed again
     */
    Live(Call call, Cause cause, @Nullable Repeats repeats) {
      super(call, engine);
      this.cause = cause;
      this.repeats = repeats;
    }

    @Override
    public List<Reply> sendAll(List<Sent> commands) {
      List<Engine.Asking> askings = new ArrayList<>();
      for (Sent sent : commands) {
        askings.add(new Engine.Asking(sent.to(), sent.command(), cause, once(sent.to())));
      }
      return engine.askAll(askings);
    }

    @Override
    public Outcome perform(String purpose, Cause because, Request request) {
      String id = id(purpose);
      Repeats inner = repeats == null ? null : new Repeats(repeats.call(), id);
      return Operations.this.perform(id, because, request, inner);
    }

    @Override
    public Cause cause() {
      return cause;
    }

    @Override
    public void leave(Key to, Command command) {
      var _ = engine.leave(to, command, cause);
    }

    @Override
    public Outcome performAnew(String id, Cause because, Request request) {
      return Operations.this.perform(id, because, request, null);
    }

    private @Nullable Once once(Key to) {
      return repeats == null
          ? null
          : new Once(repeats.call(), repeats.part(), sent.merge(to, 1, Integer::sum) - 1);
    }
  }
}
