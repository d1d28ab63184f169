package dev.tutti.simulate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.functions.InvocationCommand;
import dev.tutti.core.functions.Invocations;
import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.Key;
import dev.tutti.services.Exchange;
import dev.tutti.services.Operation;
import dev.tutti.services.Service;
import dev.tutti.simulate.judge.Swift;
import dev.tutti.wire.ServiceError;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;

/**
 * Functions that answer by chance: a result, an error, a throttle; at once, late, twice, or never.
 * Where they are handed a task token, they or somebody else end the task with it, perhaps twice,
 * perhaps not at all.
 */
final class SimulatedFunctions implements Service {
  /** The function that isn't there. */
  static final String MISSING = "missing";

  /** The function that answers the same to the same, and never fails. */
  static final String SURE = "sure";

  /**
   * The function that fails by its input and by how often it was tried: the same to whoever asks in
   * the same way.
   */
  static final String MOODY = "moody";

  private static final int RETRIES = 2;
  private static final int MAX_AGE_SECONDS = 3600;
  private static final int SLOW_MILLIS = 120_000;

  private final World world;
  private final Scenario.Moods moods;
  private final BiConsumer<String, ObjectNode> callback;
  private final Map<String, Integer> invocations = new HashMap<>();

  /**
   * The calls of {@link #MOODY} by who asked, in their order; a call that is repeated is the same.
   */
  private final Map<String, List<String>> tries = new HashMap<>();

  private boolean calm;

  /**
   * Makes the functions.
   *
   * @param callback takes an operation of Step Functions and its input
   */
  SimulatedFunctions(World world, Scenario.Moods moods, BiConsumer<String, ObjectNode> callback) {
    this.world = world;
    this.moods = moods;
    this.callback = callback;
  }

  /** From now on they answer well and in time. */
  void calm() {
    calm = true;
  }

  /** How often each request ran, by the call's id. */
  Map<String, Integer> invocations() {
    return invocations;
  }

  @Override
  public String name() {
    return "lambda";
  }

  @Override
  public Map<String, Operation> operations() {
    return Map.of("Invoke", this::invoke);
  }

  private JsonNode invoke(Exchange exchange) {
    String function = exchange.input().path("FunctionName").asText();
    if (function.endsWith(MISSING)) {
      throw new ServiceError(
          "ResourceNotFoundException", "Function not found: " + function + ":$LATEST", 404);
    }
    if (function.endsWith(SURE)) {
      return sure(exchange.input());
    }
    if (function.endsWith(MOODY)) {
      return moody(exchange);
    }
    if (exchange.input().path("InvocationType").asText().equals("Event")) {
      if (!calm && world.chance(moods.errors())) {
        throw new ServiceError("TooManyRequestsException", "Rate Exceeded.", 429);
      }
      exchange.ask(
          new Key(Invocations.KIND, exchange.call().id()),
          new InvocationCommand.Queue(
              exchange.context(),
              exchange.region(),
              function,
              null,
              exchange.input().path("Payload").asText(),
              null,
              RETRIES,
              MAX_AGE_SECONDS,
              null));
      return Json.object().put("StatusCode", 202).put("Payload", "");
    }
    invocations.merge(exchange.call().id(), 1, Integer::sum);
    world.fate(fate());
    JsonNode payload =
        Json.parse(Base64.getDecoder().decode(exchange.input().path("Payload").asText()));
    if (payload.path("token").isTextual()) {
      useToken(payload.path("token").asText());
    }
    return answer();
  }

  private static JsonNode sure(JsonNode input) {
    byte[] payload = Base64.getDecoder().decode(input.path("Payload").asText());
    String shared = Swift.shared(new String(payload, StandardCharsets.UTF_8));
    int seed = Arrays.hashCode(shared.getBytes(StandardCharsets.UTF_8));
    return payload(
        Json.object().put("StatusCode", 200).put("ExecutedVersion", "$LATEST"),
        Generator.data(new SplittableRandom(seed)));
  }

  /** Answers {@code {run, state, data}}: who asks, where, and what about. */
  private JsonNode moody(Exchange exchange) {
    JsonNode asked =
        Json.parse(Base64.getDecoder().decode(exchange.input().path("Payload").asText()));
    String state = asked.path("state").asText();
    List<String> calls =
        tries.computeIfAbsent(asked.path("run").asText() + ' ' + state, _ -> new ArrayList<>());
    String call = exchange.call().id();
    if (!calls.contains(call)) {
      calls.add(call);
    }
    String data = Swift.shared(Json.write(asked.path("data")));
    int seed = Objects.hash(state, data, calls.indexOf(call));
    SplittableRandom random = new SplittableRandom(seed);
    ObjectNode answer = Json.object().put("StatusCode", 200).put("ExecutedVersion", "$LATEST");
    return switch (random.nextInt(6)) {
      case 0 -> failure(answer, "Boom");
      case 1 -> failure(answer, "Other");
      case 2 -> throw new ServiceError("TooManyRequestsException", "Rate Exceeded.", 429);
      default -> payload(answer, Generator.data(random));
    };
  }

  private static JsonNode failure(ObjectNode answer, String type) {
    return payload(
        answer.put("FunctionError", "Unhandled"),
        Json.object().put("errorType", type).put("errorMessage", "as planned"));
  }

  private World.Fate fate() {
    SplittableRandom random = world.random();
    if (calm) {
      return World.Fate.PLAIN;
    }
    return new World.Fate(
        world.chance(moods.late()) ? random.nextInt(SLOW_MILLIS) : random.nextInt(50),
        world.chance(moods.doubled()),
        world.chance(moods.lost()));
  }

  private JsonNode answer() {
    SplittableRandom random = world.random();
    ObjectNode answer = Json.object().put("StatusCode", 200).put("ExecutedVersion", "$LATEST");
    if (!calm && world.chance(moods.errors())) {
      return switch (random.nextInt(3)) {
        case 0 -> throw new ServiceError("TooManyRequestsException", "Rate Exceeded.", 429);
        case 1 -> throw new ServiceError("ServiceException", "The function could not be run", 500);
        default -> failure(answer, random.nextBoolean() ? "Boom" : "Other");
      };
    }
    return payload(answer, Generator.data(random));
  }

  private static JsonNode payload(ObjectNode answer, JsonNode payload) {
    return answer.put(
        "Payload",
        Base64.getEncoder().encodeToString(Json.write(payload).getBytes(StandardCharsets.UTF_8)));
  }

  /** What whoever was handed a task token does with it. */
  void useToken(String token) {
    SplittableRandom random = world.random();
    for (int i = random.nextInt(3); i > 0; i--) {
      use("SendTaskHeartbeat", Json.object().put("taskToken", token));
    }
    for (int i = random.nextInt(calm ? 1 : 0, 3); i > 0; i--) {
      if (random.nextInt(3) == 0) {
        use("SendTaskFailure", Json.object().put("taskToken", token).put("error", "Boom"));
      } else {
        use(
            "SendTaskSuccess",
            Json.object()
                .put("taskToken", token)
                .put("output", Json.write(Generator.data(random))));
      }
    }
  }

  private void use(String operation, ObjectNode input) {
    world.later(world.random().nextInt(40_000), () -> callback.accept(operation, input));
  }
}
