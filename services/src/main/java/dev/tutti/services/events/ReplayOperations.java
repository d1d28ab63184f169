package dev.tutti.services.events;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.events.Archive;
import dev.tutti.core.events.ArchiveArn;
import dev.tutti.core.events.BusArn;
import dev.tutti.core.events.Replay;
import dev.tutti.core.events.ReplayCommand;
import dev.tutti.core.events.ReplayFact;
import dev.tutti.core.events.Replays;
import dev.tutti.core.json.Json;
import dev.tutti.host.Reader.Row;
import dev.tutti.services.Exchange;
import dev.tutti.services.Operation;
import dev.tutti.wire.ServiceError;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Replays: events of an archive, or of a bus's own log, brought once more to the bus's rules.
 *
 * <p>The bus as the source isn't AWS's: so a rule that is new gets what was there before it. It is
 * sent only what it wasn't sent already.
 */
final class ReplayOperations {
  /** Most replays of an account under way; those that start at the same time may be a few more. */
  private static final int MAX_ACTIVE = 10;

  private static final int MAX_REPLAYS = 100_000;

  private final BusQuestions questions;
  private final ArchiveOperations archives;
  private final Replays replays;

  ReplayOperations(BusQuestions questions, ArchiveOperations archives, Replays replays) {
    this.questions = questions;
    this.archives = archives;
    this.replays = replays;
  }

  Map<String, Operation> operations() {
    return Map.of(
        "StartReplay", this::start,
        "DescribeReplay", this::describe,
        "ListReplays", ReplayOperations::list,
        "CancelReplay", ReplayOperations::cancel);
  }

  private static ArchiveArn arn(Exchange exchange) {
    return ArchiveArn.replay(
        exchange.region(), exchange.context(), Members.required(exchange.input(), "ReplayName"));
  }

  private JsonNode start(Exchange exchange) {
    JsonNode input = exchange.input();
    ArchiveArn arn = arn(exchange);
    JsonNode destination = input.path("Destination");
    BusArn bus =
        BusArn.parse(Members.required(destination, "Arn"))
            .orElseThrow(() -> invalid("Destination.Arn", "Must contain an event bus ARN."));
    questions.ownBus(exchange, bus);
    if (replay(exchange, arn).exists()) {
      throw new ServiceError(
          "ResourceAlreadyExistsException", "Replay " + arn.name() + " already exists.");
    }
    long from = millis(input, "EventStartTime");
    long to = millis(input, "EventEndTime");
    if (from >= to) {
      throw invalid("EventEndTime", "EventStartTime must be before EventEndTime.");
    }
    String source = Members.required(input, "EventSourceArn");
    Origin origin = origin(exchange, source);
    if (!origin.bus().equals(bus.text())) {
      throw invalid("Destination.Arn", "Cross event bus replay is not permitted.");
    }
    List<String> rules = Members.texts(destination.path("FilterArns"));
    for (String rule : rules) {
      if (BusArn.OfRule.parse(rule).filter(of -> of.bus().equals(bus)).isEmpty()) {
        throw invalid("Destination.FilterArns", "Rule " + rule + " is not on the event bus.");
      }
    }
    refuseTooMany(exchange);
    return exchange.ask(
        Replays.key(arn),
        new ReplayCommand.Start(
            source, origin.era(), bus.text(), Members.text(input, "Description"), from, to, rules));
  }

  /** The bus whose events a source shows, and since when they count. */
  private record Origin(String bus, long era) {}

  private Origin origin(Exchange exchange, String source) {
    if (BusArn.parse(source).isPresent()) {
      return new Origin(source, 0);
    }
    ArchiveArn arn =
        ArchiveArn.parse(source)
            .filter(found -> found.kind() == ArchiveArn.Kind.ARCHIVE)
            .orElseThrow(() -> invalid("EventSourceArn", "Must contain an archive ARN."));
    Archive archive = archives.archive(exchange, arn);
    if (!archive.exists() || !arn.account().equals(exchange.context())) {
      throw invalid("EventSourceArn", "Archive " + arn.name() + " does not exist.");
    }
    return new Origin(archive.bus(), archive.era());
  }

  private static long millis(JsonNode input, String member) {
    return Math.round(input.path(member).asDouble() * 1000);
  }

  private static ServiceError invalid(String parameter, String reason) {
    return new ServiceError(
        Members.INVALID, "Parameter " + parameter + " is not valid. Reason: " + reason);
  }

  private static void refuseTooMany(Exchange exchange) {
    long active =
        rows(exchange).stream()
            .filter(row -> Replay.State.valueOf(row.value().path("state").asText()).isActive())
            .count();
    if (active >= MAX_ACTIVE) {
      throw new ServiceError(
          "LimitExceededException", "The requested resource exceeds the maximum number allowed.");
    }
  }

  private static List<Row> rows(Exchange exchange) {
    List<String> owner = List.of(exchange.context(), exchange.region());
    return exchange.reader().rows(Replays.TABLE, owner, null, MAX_REPLAYS);
  }

  /** A replay's members; empty where it isn't there. */
  private record Told(boolean exists, ObjectNode members) {}

  private Told replay(Exchange exchange, ArchiveArn arn) {
    return exchange.reader().read(Replays.key(arn), replays, ReplayOperations::told);
  }

  private static Told told(Replay replay) {
    ReplayFact.ReplayStarted started = replay.started();
    ObjectNode output = Json.object();
    if (started == null) {
      return new Told(false, output);
    }
    output.put("ReplayName", replay.arn().name()).put("ReplayArn", replay.arn().text());
    if (started.description() != null) {
      output.put("Description", started.description());
    }
    output.put("State", replay.state().name());
    if (replay.reason() != null) {
      output.put("StateReason", replay.reason());
    }
    output.put("EventSourceArn", started.source());
    ObjectNode destination = output.putObject("Destination").put("Arn", started.bus());
    if (!started.rules().isEmpty()) {
      started.rules().forEach(destination.putArray("FilterArns")::add);
    }
    time(output, "EventStartTime", started.fromMillis());
    time(output, "EventEndTime", started.toMillis());
    time(output, "EventLastReplayedTime", replay.lastMillis());
    time(output, "ReplayStartTime", replay.startedMillis());
    time(output, "ReplayEndTime", replay.endedMillis());
    return new Told(true, output);
  }

  private static void time(ObjectNode output, String member, long millis) {
    if (millis != 0) {
      output.put(member, millis / 1000.0);
    }
  }

  private JsonNode describe(Exchange exchange) {
    ArchiveArn arn = arn(exchange);
    Told told = replay(exchange, arn);
    if (!told.exists()) {
      throw new ServiceError(
          "ResourceNotFoundException", "Replay " + arn.name() + " does not exist.");
    }
    return told.members();
  }

  private static JsonNode list(Exchange exchange) {
    JsonNode input = exchange.input();
    Members.atMostOne(input, "ListReplays");
    String prefix = input.path("NamePrefix").asText();
    String source = input.path("EventSourceArn").asText();
    String state = input.path("State").asText();
    NavigableMap<String, ObjectNode> found = new TreeMap<>();
    for (Row row : rows(exchange)) {
      String name = row.key().getLast();
      JsonNode value = row.value();
      if (name.startsWith(prefix)
          && (source.isEmpty() || value.path("source").asText().equals(source))
          && (state.isEmpty() || value.path("state").asText().equals(state))) {
        found.put(name, listed(name, value));
      }
    }
    return Pages.page(input, "Replays", found);
  }

  private static ObjectNode listed(String name, JsonNode row) {
    ObjectNode listed =
        Json.object()
            .put("ReplayName", name)
            .put("EventSourceArn", row.path("source").asText())
            .put("State", row.path("state").asText());
    if (row.has("reason")) {
      listed.set("StateReason", row.get("reason"));
    }
    time(listed, "EventStartTime", row.path("fromMillis").asLong());
    time(listed, "EventEndTime", row.path("toMillis").asLong());
    time(listed, "EventLastReplayedTime", row.path("lastMillis").asLong());
    time(listed, "ReplayStartTime", row.path("startedMillis").asLong());
    time(listed, "ReplayEndTime", row.path("endedMillis").asLong());
    return listed;
  }

  private static JsonNode cancel(Exchange exchange) {
    return exchange.ask(Replays.key(arn(exchange)), new ReplayCommand.Cancel());
  }
}
