package dev.tutti.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Looks after parked deliveries; each subcommand asks {@link ParkedPages}. */
@Command(
    name = "parked",
    mixinStandardHelpOptions = true,
    description = {
      "Look after deliveries that could not be made: find, edit, send again, or give up.",
      "ID is what list prints first, or a delivery's whole id."
    })
final class ParkedCommand {
  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Mixin
  private RemoteOptions remote;

  /** Which deliveries. */
  static final class FilterOptions {
    @Option(names = "--context", paramLabel = "ACCOUNT", description = "of this context only")
    private @Nullable String context;

    @Option(names = "--rule", description = "of this rule or subscription: ARN or name")
    private @Nullable String rule;

    @Option(names = "--target", description = "to this target: ARN, address or name")
    private @Nullable String target;

    @Option(names = "--cause", description = "with this error, or REFUSED, ATTEMPTS_USED, TOO_OLD")
    private @Nullable String cause;

    @Option(names = "--group", description = "of this group, as groups prints it")
    private @Nullable String group;

    @Option(names = "--event", description = "of this event or message: its id")
    private @Nullable String event;

    @Option(names = "--since", paramLabel = "TIME", description = "parked since, ISO 8601")
    private @Nullable Instant since;

    @Option(names = "--until", paramLabel = "TIME", description = "parked before, ISO 8601")
    private @Nullable Instant until;

    private String query() {
      List<String> parts = new ArrayList<>();
      add(parts, "context", context);
      add(parts, "rule", rule);
      add(parts, "target", target);
      add(parts, "cause", cause);
      add(parts, "group", group);
      add(parts, "event", event);
      add(parts, "since", since == null ? null : Long.toString(since.toEpochMilli()));
      add(parts, "until", until == null ? null : Long.toString(until.toEpochMilli()));
      return String.join("&", parts);
    }

    private static void add(List<String> parts, String name, @Nullable String value) {
      if (value != null) {
        parts.add(name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8));
      }
    }

    private ObjectNode body() {
      ObjectNode body = Json.object();
      put(body, "Context", context);
      put(body, "Rule", rule);
      put(body, "Target", target);
      put(body, "Cause", cause);
      put(body, "Group", group);
      put(body, "EventId", event);
      if (since != null) {
        body.put("Since", since.toEpochMilli());
      }
      if (until != null) {
        body.put("Until", until.toEpochMilli());
      }
      return body;
    }

    private static void put(ObjectNode body, String member, @Nullable String value) {
      if (value != null) {
        body.put(member, value);
      }
    }
  }

  @Command(name = "list", mixinStandardHelpOptions = true, description = "Newest first.")
  void list(
      @Mixin FilterOptions filter,
      @Option(names = "--limit", defaultValue = "100") int limit,
      @Option(names = "--after", description = "the last line of the page before")
          @Nullable String after,
      @Option(names = "--json") boolean json) {
    String query = filter.query() + "&limit=" + limit;
    if (after != null) {
      query += "&after=" + URLEncoder.encode(after, StandardCharsets.UTF_8);
    }
    JsonNode page = remote.get("/_tutti/parked?" + query);
    if (json) {
      System.out.println(page.toPrettyString());
      return;
    }
    for (JsonNode each : page.path("Deliveries")) {
      System.out.printf(
          "%s  %s  %s  %s -> %s  %d attempts  %s: %s%n",
          each.path("Handle").asText(),
          Instant.ofEpochMilli(each.path("Parked").longValue()),
          each.path("EventId").asText(),
          name(each.path("Source").asText()),
          name(each.path("Target").asText()),
          each.path("Attempts").intValue(),
          each.path("Error").asText(),
          each.path("Message").asText());
    }
    if (page.has("Next")) {
      System.out.println("more: --after '" + page.path("Next").asText() + "'");
    }
  }

  @Command(name = "groups", mixinStandardHelpOptions = true, description = "Grouped by cause.")
  void groups(@Mixin FilterOptions filter, @Option(names = "--json") boolean json) {
    JsonNode page = remote.get("/_tutti/parked/groups?" + filter.query());
    if (json) {
      System.out.println(page.toPrettyString());
      return;
    }
    for (JsonNode each : page.path("Groups")) {
      System.out.printf(
          "%s  %6d  %s -> %s  %s %s: %s%n",
          each.path("Group").asText(),
          each.path("Count").longValue(),
          name(each.path("Source").asText()),
          name(each.path("Target").asText()),
          each.path("Reason").asText(),
          each.path("Error").asText(),
          each.path("Message").asText());
    }
  }

  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = "One, with its payload and its history.")
  void show(@Parameters(paramLabel = "ID") String id) {
    String encoded = URLEncoder.encode(id, StandardCharsets.UTF_8);
    System.out.println(remote.get("/_tutti/parked/show?delivery=" + encoded).toPrettyString());
  }

  @Command(
      name = "edit",
      mixinStandardHelpOptions = true,
      description = "Change what will be sent when it is redriven.")
  void edit(
      @Parameters(paramLabel = "ID") String id,
      @Option(names = "--payload", description = "the new payload") @Nullable String payload,
      @Option(names = "--file", description = "a file that holds the new payload")
          @Nullable Path file) {
    if ((payload == null) == (file == null)) {
      throw new Complaint("say either --payload or --file");
    }
    ObjectNode body = Json.object().put("Delivery", id);
    var _ =
        remote.post(
            "/_tutti/parked/edit", body.put("Payload", payload == null ? read(file) : payload));
    System.out.println("edited");
  }

  private static String read(@Nullable Path file) {
    try {
      return file == null ? "" : Files.readString(file);
    } catch (IOException e) {
      throw new Complaint(file + " can't be read", e);
    }
  }

  @Command(
      name = "redrive",
      mixinStandardHelpOptions = true,
      description = "Send again, to their own target only, with a fresh budget of attempts.")
  void redrive(
      @Parameters(arity = "0..1", paramLabel = "ID") @Nullable String id,
      @Option(names = "--all", description = "all that the other options leave") boolean all,
      @Mixin FilterOptions filter) {
    change("redrive", id, all, filter, "");
  }

  @Command(name = "discard", mixinStandardHelpOptions = true, description = "Give up for good.")
  void discard(
      @Parameters(arity = "0..1", paramLabel = "ID") @Nullable String id,
      @Option(names = "--reason", required = true, description = "why; kept in the log")
          String reason,
      @Option(names = "--all", description = "all that the other options leave") boolean all,
      @Mixin FilterOptions filter) {
    change("discard", id, all, filter, reason);
  }

  private void change(
      String what, @Nullable String id, boolean all, FilterOptions filter, String reason) {
    ObjectNode body = filter.body().put("All", all).put("Reason", reason);
    if (id != null) {
      body.put("Delivery", id);
    }
    JsonNode answer = remote.post("/_tutti/parked/" + what, body);
    System.out.println(answer.path("Changed").longValue() + " changed");
  }

  /** An ARN's last part; an address stays as it is. */
  private static String name(String arn) {
    return arn.startsWith("arn:")
        ? arn.substring(Math.max(arn.lastIndexOf(':'), arn.lastIndexOf('/')) + 1)
        : arn;
  }
}
