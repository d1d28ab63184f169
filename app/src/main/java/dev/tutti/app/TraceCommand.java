package dev.tutti.app;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints a trace as a tree, or the newest traces. */
@Command(
    name = "trace",
    mixinStandardHelpOptions = true,
    description = {
      "Print everything that one root cause led to.",
      "Without ID it lists the newest root causes."
    })
final class TraceCommand implements Runnable {
  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Mixin
  private RemoteOptions remote;

  @Parameters(
      arity = "0..1",
      paramLabel = "ID",
      description = "a trace's id, an execution's ARN, an event's id, or: latest")
  private @Nullable String id;

  @Option(names = "--json", description = "print the tree as JSON")
  private boolean json;

  @Override
  public void run() {
    if (id == null) {
      for (JsonNode root : remote.get("/_tutti/traces").path("traces")) {
        System.out.printf(
            "%s  %s  %s%n",
            Instant.ofEpochMilli(root.path("at").longValue()),
            root.path("root").textValue(),
            root.path("origin").textValue());
      }
      return;
    }
    JsonNode tree = remote.get("/_tutti/trace/" + URLEncoder.encode(id, StandardCharsets.UTF_8));
    System.out.print(json ? tree.toPrettyString() + "\n" : TraceText.of(tree));
  }
}
