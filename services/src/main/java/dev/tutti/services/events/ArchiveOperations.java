package dev.tutti.services.events;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.events.Archive;
import dev.tutti.core.events.ArchiveArn;
import dev.tutti.core.events.ArchiveCommand;
import dev.tutti.core.events.Archives;
import dev.tutti.core.events.BusArn;
import dev.tutti.core.json.Json;
import dev.tutti.host.Reader.Row;
import dev.tutti.services.Exchange;
import dev.tutti.services.Operation;
import dev.tutti.wire.ServiceError;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Archives: views of a bus's log, each with its own pattern and retention. */
final class ArchiveOperations {
  private static final int MAX_ARCHIVES = 10_000;
  private static final String ENABLED = "ENABLED";

  private final BusQuestions questions;
  private final Archives archives;
  private final ArchiveTally tally;

  ArchiveOperations(BusQuestions questions, Archives archives, ArchiveTally tally) {
    this.questions = questions;
    this.archives = archives;
    this.tally = tally;
  }

  Map<String, Operation> operations() {
    return Map.of(
        "CreateArchive", this::create,
        "UpdateArchive", this::update,
        "DeleteArchive", ArchiveOperations::delete,
        "DescribeArchive", this::describe,
        "ListArchives", this::list);
  }

  private static ArchiveArn arn(Exchange exchange) {
    return ArchiveArn.archive(
        exchange.region(), exchange.context(), Members.required(exchange.input(), "ArchiveName"));
  }

  private JsonNode create(Exchange exchange) {
    JsonNode input = exchange.input();
    Members.refuse(input, "KmsKeyIdentifier");
    BusArn bus =
        BusArn.parse(Members.required(input, "EventSourceArn"))
            .orElseThrow(() -> Members.notAnArn("EventSourceArn"));
    questions.ownBus(exchange, bus);
    ArchiveArn arn = arn(exchange);
    exchange.ask(
        Archives.key(arn),
        new ArchiveCommand.Create(
            bus.text(),
            Members.text(input, "Description"),
            pattern(input),
            input.path("RetentionDays").asInt(0)));
    return changed(exchange, arn);
  }

  private static @Nullable String pattern(JsonNode input) {
    String pattern = Members.text(input, "EventPattern");
    return pattern == null || pattern.isEmpty() ? null : pattern;
  }

  private JsonNode update(Exchange exchange) {
    JsonNode input = exchange.input();
    Members.refuse(input, "KmsKeyIdentifier");
    ArchiveArn arn = arn(exchange);
    JsonNode days = input.path("RetentionDays");
    exchange.ask(
        Archives.key(arn),
        new ArchiveCommand.Update(
            Members.text(input, "Description"),
            pattern(input),
            days.isNumber() ? (Integer) days.intValue() : null));
    return changed(exchange, arn);
  }

  private JsonNode changed(Exchange exchange, ArchiveArn arn) {
    Archive archive = archive(exchange, arn);
    return Json.object()
        .put("ArchiveArn", arn.text())
        .put("CreationTime", archive.createdMillis() / 1000.0)
        .put("State", ENABLED);
  }

  private static JsonNode delete(Exchange exchange) {
    return exchange.ask(Archives.key(arn(exchange)), new ArchiveCommand.Delete());
  }

  /** An archive as it is now, whether or not it is there. */
  Archive archive(Exchange exchange, ArchiveArn arn) {
    return exchange.reader().read(Archives.key(arn), archives, archive -> archive);
  }

  private JsonNode describe(Exchange exchange) {
    ArchiveArn arn = arn(exchange);
    Archive archive = archive(exchange, arn);
    if (!archive.exists()) {
      throw new ServiceError(
          "ResourceNotFoundException", "Archive " + arn.name() + " does not exist.");
    }
    ObjectNode output = Json.object().put("ArchiveArn", arn.text()).put("ArchiveName", arn.name());
    output.put("EventSourceArn", archive.bus());
    if (archive.description() != null) {
      output.put("Description", archive.description());
    }
    if (archive.pattern() != null) {
      output.put("EventPattern", archive.pattern());
    }
    output
        .put("State", ENABLED)
        .put("RetentionDays", archive.retentionDays())
        .put("CreationTime", archive.createdMillis() / 1000.0);
    return tally.count(exchange.reader(), archive).write(output);
  }

  private JsonNode list(Exchange exchange) {
    JsonNode input = exchange.input();
    Members.atMostOne(input, "ListArchives");
    String prefix = input.path("NamePrefix").asText();
    String bus = input.path("EventSourceArn").asText();
    String state = input.path("State").asText();
    NavigableMap<String, ObjectNode> found = new TreeMap<>();
    List<String> owner = List.of(exchange.context(), exchange.region());
    for (Row row : exchange.reader().rows(Archives.TABLE, owner, null, MAX_ARCHIVES)) {
      String name = row.key().getLast();
      if (name.startsWith(prefix)
          && (bus.isEmpty() || row.value().path("bus").asText().equals(bus))
          && (state.isEmpty() || state.equals(ENABLED))) {
        found.put(name, Json.object().put("ArchiveName", name));
      }
    }
    ObjectNode page = Pages.page(input, "Archives", found);
    for (JsonNode listed : page.path("Archives")) {
      complete(exchange, (ObjectNode) listed);
    }
    return page;
  }

  private void complete(Exchange exchange, ObjectNode listed) {
    String name = listed.path("ArchiveName").asText();
    Archive archive =
        archive(exchange, ArchiveArn.archive(exchange.region(), exchange.context(), name));
    listed
        .put("EventSourceArn", archive.bus())
        .put("State", ENABLED)
        .put("RetentionDays", archive.retentionDays())
        .put("CreationTime", archive.createdMillis() / 1000.0);
    tally.count(exchange.reader(), archive).write(listed);
  }
}
