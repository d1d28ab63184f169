package dev.tutti.app;

import static dev.tutti.app.GalleryRuntime.kind;
import static dev.tutti.app.GalleryRuntime.titled;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.delivery.Deliveries;
import dev.tutti.core.events.BusArn;
import dev.tutti.core.events.BusCatalogue;
import dev.tutti.core.events.EventFact;
import dev.tutti.core.events.Events;
import dev.tutti.core.json.Json;
import dev.tutti.host.Engine;
import dev.tutti.host.Reader;
import dev.tutti.store.rocksdb.DataDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code kill -9} at random moments while pictures are processed; then everything that was
 * acknowledged finishes, and no milestone is in a bus's log twice. {@code -Dcrash.cycles} and
 * {@code -Dcrash.seed} choose how often and when.
 */
final class CrashTest {
  private static final int CYCLES = Integer.getInteger("crash.cycles", 8);
  private static final long SEED = Long.getLong("crash.seed", System.nanoTime());
  private static final int LONGEST_LIFE_MILLIS = 2_500;

  @TempDir private Path temporary = Path.of("set by JUnit");

  @Test
  void everythingAcknowledgedFinishesOnce() throws Exception {
    System.out.println("crash.seed=" + SEED + " crash.cycles=" + CYCLES);
    Random random = new Random(SEED);
    Path data = temporary.resolve("data");
    int port = RuntimeProcess.freePort();
    List<String> folder = List.of(GalleryRuntime.FOLDER.toString());
    RuntimeProcess runtime = RuntimeProcess.start(data, port, folder);
    List<String> acknowledged = new ArrayList<>();
    try {
      // Killed while it starts and deploys, then deployed for good.
      runtime.kill();
      runtime = RuntimeProcess.start(data, port, folder);
      Thread.sleep(random.nextInt(3_000));
      runtime.kill();
      runtime = deployed(data, port, folder);
      for (int cycle = 0; cycle < CYCLES; cycle++) {
        acknowledged.addAll(uploadUntilKilled(runtime, port, random));
        runtime = RuntimeProcess.start(data, port, List.of()).awaitHealth();
      }
      assertThat(acknowledged).isNotEmpty();
      List<JsonNode> traces =
          new Traces(new RemoteOptions(port), Duration.ofMinutes(4)).settled(acknowledged);
      traces.forEach(CrashTest::assertWhole);
    } finally {
      runtime.close();
    }
    assertThat(milestones(data))
        .doesNotHaveDuplicates()
        .hasSizeGreaterThanOrEqualTo((int) acknowledged.stream().distinct().count());
  }

  private static RuntimeProcess deployed(Path data, int port, List<String> folder)
      throws IOException {
    RuntimeProcess runtime = RuntimeProcess.start(data, port, folder).awaitHealth();
    var _ =
        new RemoteOptions(port)
            .post("/_tutti/deploy", Json.object().put("folder", folder.getFirst()));
    return runtime;
  }

  /**
   * Uploads one picture after the other until the process is gone; returns what was acknowledged.
   */
  private static List<String> uploadUntilKilled(RuntimeProcess runtime, int port, Random random)
      throws InterruptedException {
    List<String> acknowledged = new ArrayList<>();
    int life = random.nextInt(LONGEST_LIFE_MILLIS);
    Thread killer =
        Thread.ofVirtual()
            .start(() -> {
              try {
                Thread.sleep(life);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              runtime.kill();
            });
    try (AwsClient aws = new AwsClient(port)) {
      Gallery gallery = new Gallery(aws, GalleryRuntime.FOLDER);
      while (killer.isAlive()) {
        acknowledged.add(gallery.upload("harbour-at-dusk.jpg"));
        Thread.sleep(150);
      }
    } catch (Complaint gone) {
      // The kill came between a request and its answer: that upload was not acknowledged.
      killer.join();
    }
    killer.join();
    return acknowledged;
  }

  private static void assertWhole(JsonNode trace) {
    String text = TraceText.of(trace);
    assertThat(titled(trace, "ProcessPicture").size()).as(text).isEqualTo(1);
    assertThat(titled(trace, "PictureProcessed").size()).as(text).isEqualTo(1);
    assertThat(statuses(trace, "execution")).as(text).containsOnly("SUCCEEDED");
    assertThat(statuses(trace, "delivery"))
        .as(text)
        .isNotEmpty()
        .allMatch(status -> status.startsWith("delivered"));
  }

  private static List<String> statuses(JsonNode trace, String kind) {
    return kind(trace, kind).stream().map(node -> node.path("status").textValue()).toList();
  }

  /** For each milestone in the bus's log, the execution that published it. */
  private static List<String> milestones(Path data) {
    Events events = new Events(new BusCatalogue());
    Deliveries deliveries = new Deliveries();
    try (DataDirectory directory = DataDirectory.open(data)) {
      Reader reader = Engine.on(directory.store()).decider(events).decider(deliveries).build();
      String bus = "arn:aws:events:us-east-1:" + Gallery.MEDIA + ":event-bus/media-milestones";
      return reader.rows(Events.LOG, List.of(bus), null, 100_000).stream()
          .map(row -> Events.key(BusArn.parse(bus).orElseThrow(), row.key().getLast()))
          .map(key -> reader.facts(key, events, 1, 1).getFirst().fact())
          .map(EventFact.Accepted.class::cast)
          .map(accepted -> accepted.event().path("resources").toString())
          .toList();
    }
  }
}
