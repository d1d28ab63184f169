package dev.tutti.app;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.json.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Removes a context's stacks from a running runtime. */
@Command(
    name = "remove",
    mixinStandardHelpOptions = true,
    description = "Delete all that was deployed in a context of a running Tutti.")
final class RemoveCommand implements Runnable {
  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Mixin
  private RemoteOptions remote;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Parameters(paramLabel = "CONTEXT", description = "its name or account number")
  private String context;

  @Override
  public void run() {
    JsonNode answer = remote.post("/_tutti/remove", Json.object().put("context", context));
    System.out.print(answer.path("report").textValue());
  }
}
