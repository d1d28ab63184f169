package dev.tutti.app;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs the example from an empty data directory to its last delivery, and shows what happened. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "Run the example from start to end, and print what happened.",
      "Starts a runtime with a data directory of its own, deploys examples/gallery, uploads its"
          + " pictures, signs somebody up, prints what came of it, and cleans up after itself."
    })
final class DemoCommand implements Runnable {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "4566",
      description = "port to listen on (${DEFAULT-VALUE})")
  private int port;

  @Option(
      names = "--data",
      paramLabel = "DATA",
      description = "data directory; emptied first, removed at the end (default: .tutti/demo)")
  private Path data = Home.path().resolve(".tutti").resolve("demo");

  @Override
  public void run() {
    Path folder = Home.path().resolve("examples/gallery");
    say("Starting a runtime on 127.0.0.1:%d, data in %s", port, Home.shortened(data));
    int free = Assembly.availablePort(port);
    DemoData.clear(data);
    try (Assembly runtime = Assembly.open(RuntimeSettings.of(data, free));
        Subscriber subscriber = new Subscriber();
        AwsClient aws = new AwsClient(runtime.port())) {
      DemoData.mark(data);
      Map<String, Map<String, String>> overrides =
          Map.of("outreach", Map.of("SubscriberUrl", subscriber.url()));
      say("Deploying %s", Home.shortened(folder));
      var deployed = runtime.deploying().deploy(folder, overrides);
      say(
          "  %d contexts, %d resources",
          deployed.contexts().size(), deployed.deployment().count("CREATED"));
      play(runtime.port(), new Gallery(aws, folder), subscriber);
    }
    DemoData.clear(data);
    next();
  }

  private static void play(int port, Gallery gallery, Subscriber subscriber) {
    List<String> events = new ArrayList<>();
    for (String key : gallery.pictures()) {
      say("Uploading %s", key);
      events.add(gallery.upload(key));
    }
    say("Signing up Ada");
    events.add(gallery.signUp("Ada", "ada@gallery.example"));

    List<JsonNode> traces = new Traces(new RemoteOptions(port), PATIENCE).settled(events);
    say("%nWhat happened, one tree per root cause:%n");
    traces.forEach(trace -> System.out.println(TraceText.of(trace)));
    say("What outreach's HTTP subscriber was told:");
    for (JsonNode notification : subscriber.notifications()) {
      say("  %s", notification.path("Message").textValue());
    }
    say("%nThe map:%n");
    System.out.print(MapText.of(new RemoteOptions(port).get("/_tutti/map")));
  }

  private static void next() {
    say("%nThat was all of it; the runtime is stopped and its data removed. To try next:");
    say("  ./tutti up examples/gallery          the same, and it stays");
    say("  ./tutti trace latest                 the newest trace; ./tutti map: the contexts");
    say("  AWS_ENDPOINT_URL=http://127.0.0.1:4566 AWS_DEFAULT_REGION=us-east-1 \\");
    say("  AWS_ACCESS_KEY_ID=%s AWS_SECRET_ACCESS_KEY=any \\", Gallery.MEDIA);
    say("    aws stepfunctions list-state-machines");
  }

  private static void say(String format, Object... arguments) {
    System.out.printf(format + "%n", arguments);
  }
}
