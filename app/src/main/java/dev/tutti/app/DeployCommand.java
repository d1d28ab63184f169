package dev.tutti.app;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.json.Json;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Deploys a folder into a running runtime. */
@Command(
    name = "deploy",
    mixinStandardHelpOptions = true,
    description = {"Deploy a folder into a running Tutti.", "Only what changed is touched."})
final class DeployCommand implements Runnable {
  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Mixin
  private RemoteOptions remote;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Parameters(paramLabel = "DIR", description = "a folder with contexts/NAME/template.yaml")
  private Path folder;

  @Override
  public void run() {
    String path = folder.toAbsolutePath().normalize().toString();
    JsonNode answer = remote.post("/_tutti/deploy", Json.object().put("folder", path));
    System.out.print(answer.path("report").textValue());
  }
}
