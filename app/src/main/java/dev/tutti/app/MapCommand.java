package dev.tutti.app;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prints the map: contexts, what each holds, and the edges between them. */
@Command(
    name = "map",
    mixinStandardHelpOptions = true,
    description = "Print contexts, what each holds, and what flows between them.")
final class MapCommand implements Runnable {
  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Mixin
  private RemoteOptions remote;

  @Option(names = "--json", description = "print the map as JSON")
  private boolean json;

  @Override
  public void run() {
    JsonNode map = remote.get("/_tutti/map");
    System.out.print(json ? map.toPrettyString() + "\n" : MapText.of(map));
  }
}
