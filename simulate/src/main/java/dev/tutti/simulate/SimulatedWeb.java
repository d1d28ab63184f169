package dev.tutti.simulate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.connections.ConnectionArn;
import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.Outcome;
import dev.tutti.services.http.Web;
import dev.tutti.simulate.judge.Outside;
import dev.tutti.simulate.judge.Swift;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * A server outside, which outlives processes: it answers by chance or by what it is asked, in ways
 * that a Task takes and in ways that it doesn't; late, twice or never. It knows what each of its
 * answers means.
 */
final class SimulatedWeb implements Web, Outside {
  /** The connection that each context has. */
  static final String CONNECTION = "outside";

  /** The header and the secret by which the server knows the connection. */
  static final String HEADER = "x-key";

  static final String SECRET = "open-4711";

  /** Answers by chance. */
  static final String FREE = "https://outside.example/free";

  /** Answers the same to the same, and to twins that go the same way. */
  static final String MOODY = "https://outside.example/moody";

  private static final int SLOW_MILLIS = 120_000;

  private final World world;
  private final Scenario.Moods moods;
  private final List<String> faults;
  private final Map<Asked, List<Outcome>> told = new HashMap<>();
  private boolean calm;

  /** A request, as far as an answer depends on it. */
  private record Asked(String method, String address, String body) {}

  /** An answer, and what it means. */
  private record Said(Answer answer, Outcome meaning) {}

  /**
   * @param faults where it writes what nobody should have asked
   */
  SimulatedWeb(World world, Scenario.Moods moods, List<String> faults) {
    this.world = world;
    this.moods = moods;
    this.faults = faults;
  }

  static String connection(String context, String name) {
    return ConnectionArn.connection(Scenario.REGION, context, name).text();
  }

  /** From now on it answers well and in time. */
  void calm() {
    calm = true;
  }

  @Override
  public Answer send(Ask ask) {
    if (!ask.headers().contains(new Pair(HEADER, SECRET))) {
      faults.add("I26: " + ask.url() + " was asked without its connection's secret");
    }
    Asked asked = new Asked(ask.method(), ask.url(), String.valueOf(ask.body()));
    Said said = asked.address().equals(MOODY) ? moody(asked) : free();
    told.computeIfAbsent(asked, _ -> new ArrayList<>()).add(said.meaning());
    return said.answer();
  }

  @Override
  public List<Outcome> told(JsonNode parameters) {
    String arn = parameters.at("/Authentication/ConnectionArn").asText();
    if (!arn.contains(":connection/" + CONNECTION + "/")) {
      return List.of(
          failure(
              "Events.ConnectionResource.ResourceNotFound",
              "Failed to describe the connection(s). Connection '"
                  + ConnectionArn.nameIn(arn)
                  + "' does not exist."));
    }
    JsonNode body = parameters.path("RequestBody");
    StringBuilder address = new StringBuilder(parameters.path("ApiEndpoint").asText());
    parameters
        .path("QueryParameters")
        .properties()
        .forEach(each ->
            address.append('?').append(each.getKey()).append('=').append(each.getValue().asText()));
    return told.getOrDefault(
        new Asked(
            parameters.path("Method").asText(),
            address.toString(),
            body.isTextual() ? body.asText() : Json.write(body)),
        List.of());
  }

  private Said moody(Asked asked) {
    SplittableRandom random = new SplittableRandom(Swift.shared(asked.body()).hashCode());
    return random.nextInt(3) == 0 ? bad(random) : good(Generator.data(random));
  }

  private Said free() {
    SplittableRandom random = world.random();
    if (calm) {
      return good(Generator.data(random));
    }
    world.fate(
        new World.Fate(
            world.chance(moods.late()) ? random.nextInt(SLOW_MILLIS) : random.nextInt(50),
            world.chance(moods.doubled()),
            world.chance(moods.lost())));
    if (world.chance(moods.errors())) {
      return bad(random);
    }
    return random.nextInt(4) == 0 ? plain() : good(Generator.data(random));
  }

  private static Said good(JsonNode data) {
    return new Said(
        received(200, "application/json", Json.write(data)),
        success(200, "OK", "application/json", data));
  }

  private static Said plain() {
    return new Said(
        received(201, "text/plain", "{fine}"),
        success(201, "Created", "text/plain", Json.text("{fine}")));
  }

  private static Said bad(SplittableRandom random) {
    return switch (random.nextInt(5)) {
      case 0 ->
          new Said(
              received(403, "text/plain", "not with " + SECRET),
              failure("States.Http.StatusCode.403", "not with ***"));
      case 1 ->
          new Said(
              received(429, "text/plain", ""),
              failure("States.Http.StatusCode.429", "Too Many Requests"));
      case 2 ->
          new Said(
              received(503, "text/plain", ""),
              failure("States.Http.StatusCode.503", "Service Unavailable"));
      case 3 ->
          new Said(
              received(200, "image/png", "PNG"),
              failure(
                  "States.Runtime", "The response of the type 'image/png' can't be read as text."));
      default ->
          new Said(
              new Answer.Missing(Fault.CONNECTION, "Connection refused"),
              failure("States.Http.Socket", "Connection refused"));
    };
  }

  private static Answer received(int status, String type, String body) {
    return new Answer.Received(status, List.of(new Pair("content-type", type)), body, true);
  }

  private static Outcome success(int status, String text, String type, JsonNode body) {
    ObjectNode output = Json.object().put("StatusCode", status).put("StatusText", text);
    output.putObject("Headers").putArray("content-type").add(type);
    output.set("ResponseBody", body);
    return new Outcome.Succeeded(output);
  }

  private static Outcome failure(String error, String cause) {
    return new Outcome.Failed("http", error, cause, 0);
  }
}
