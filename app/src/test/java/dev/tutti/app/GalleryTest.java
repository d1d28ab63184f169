package dev.tutti.app;

import static dev.tutti.app.GalleryRuntime.kind;
import static dev.tutti.app.GalleryRuntime.titled;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.json.Json;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole of it on real input: contexts, functions, milestones, deliveries, one trace. */
final class GalleryTest {
  @SuppressWarnings("NullAway.Init") // set by JUnit
  @TempDir
  private static Path data;

  @SuppressWarnings("NullAway.Init") // set before all tests
  private static GalleryRuntime runtime;

  @BeforeAll
  static void start() {
    runtime = new GalleryRuntime(data);
  }

  @AfterAll
  static void stop() {
    runtime.close();
  }

  @Test
  void theTraceOfAnUploadIsOneTreeOverBothContexts() {
    JsonNode trace = runtime.settled(runtime.gallery().upload("harbour-at-dusk.jpg"));

    JsonNode upload = only(trace.path("children"));
    assertThat(upload.path("kind").textValue()).isEqualTo("event");
    JsonNode rule = only(upload.path("children"));
    assertThat(rule.path("title").textValue()).contains("picture-uploaded", "ProcessPicture");
    JsonNode execution = only(rule.path("children"));
    assertThat(execution.path("title").textValue()).startsWith("ProcessPicture");
    assertThat(execution.path("status").textValue()).isEqualTo("SUCCEEDED");
    assertThat(titled(execution, "invoke watermark-registry"))
        .extracting(node -> node.path("status").textValue())
        .satisfies(attempts -> {
          assertThat(attempts).hasSize(3);
          assertThat(attempts.get(0)).startsWith("failed");
          assertThat(attempts.get(1)).startsWith("failed");
          assertThat(attempts.get(2)).isEqualTo("ok");
        });
    JsonNode milestone = only(titled(execution, "PictureProcessed"));
    assertThat(kind(milestone, "delivery"))
        .isNotEmpty()
        .allSatisfy(
            delivery -> assertThat(delivery.path("status").textValue()).isEqualTo("delivered"));
    JsonNode post = only(titled(milestone, "SpreadTheWord in"));
    assertThat(post.path("status").textValue()).isEqualTo("SUCCEEDED");
    assertThat(kind(post, "message")).hasSize(1);
  }

  @Test
  void theThumbnailIsARealPicture() throws IOException {
    var _ = runtime.settled(runtime.gallery().upload("misty-mountains.png"));

    BufferedImage thumbnail = ImageIO.read(thumbnail("misty-mountains").toFile());
    assertThat(thumbnail.getWidth()).isBetween(16, 256);
    assertThat(thumbnail.getHeight()).isBetween(16, 256);
  }

  private static Path thumbnail(String stem) throws IOException {
    try (Stream<Path> files = Files.walk(data)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith(stem + "-"))
          .filter(file -> file.toString().contains("thumbnails"))
          .findFirst()
          .orElseThrow();
    }
  }

  @Test
  void whatIsNotAPictureIsTurnedAwayAndPublishesNothing() {
    JsonNode trace = runtime.settled(runtime.gallery().upload("notes.txt"));

    assertThat(only(kind(trace, "execution")).path("status").textValue()).isEqualTo("SUCCEEDED");
    assertThat(titled(trace, "PictureProcessed")).isEmpty();
  }

  @Test
  void aSignUpIsStoredGreetedAndHeardOfByOutreach() throws IOException {
    JsonNode trace = runtime.settled(runtime.gallery().signUp("Grace", "grace@gallery.example"));

    assertThat(titled(trace, "UserSignedUp")).hasSize(1);
    assertThat(kind(trace, "invocation"))
        .extracting(node -> node.path("status").textValue())
        .containsExactly("ok");
    try (Stream<Path> files = Files.walk(data)) {
      Path mail = files.filter(file -> file.toString().endsWith(".eml")).findFirst().orElseThrow();
      assertThat(Files.readString(mail)).contains("grace@gallery.example");
    }
  }

  @Test
  void theSubscriberOutsideIsTold() {
    int before = runtime.subscriber().notifications().size();
    var _ = runtime.settled(runtime.gallery().upload("desert-road.jpg"));

    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> runtime.subscriber().notifications().size() > before);
    JsonNode told = runtime.subscriber().notifications().getLast();
    assertThat(told.path("Type").textValue()).isEqualTo("Notification");
    assertThat(Json.parse(told.path("Message").textValue()).isObject()).isTrue();
  }

  @Test
  void theMapShowsWhoListensToWhom() {
    String map = MapText.of(runtime.remote().get("/_tutti/map"));

    assertThat(map)
        .contains("media  111122223333", "bus media-milestones (exposed)")
        .containsPattern("outreach's rule picture-worth-a-post → outreach's state machine");
  }

  @Test
  void deployingTheSameFolderAgainChangesNothing() {
    var again = runtime.deploy(GalleryRuntime.FOLDER).deployment();

    assertThat(again.count("CREATED")).isZero();
    assertThat(again.count("UPDATED")).isZero();
    assertThat(again.count("DELETED")).isZero();
  }

  @Test
  void outreachCanBeRemovedAndComeBackWhileMediaRuns() {
    List<String> before = whatMediaIs();
    var removed = runtime.remote().post("/_tutti/remove", Json.object().put("context", "outreach"));
    assertThat(removed.path("report").textValue()).contains("deleted");

    JsonNode unheard = runtime.settled(runtime.gallery().upload("desert-road.jpg"));
    assertThat(only(titled(unheard, "PictureProcessed")).path("status").textValue())
        .isEqualTo("no rule matched");
    assertThat(only(kind(unheard, "execution")).path("status").textValue()).isEqualTo("SUCCEEDED");

    assertThat(runtime.deploy(GalleryRuntime.FOLDER).deployment().count("CREATED")).isPositive();
    JsonNode heard = runtime.settled(runtime.gallery().upload("desert-road.jpg"));
    assertThat(titled(heard, "SpreadTheWord in")).hasSize(1);
    assertThat(whatMediaIs()).isEqualTo(before);
  }

  /** Media's state machine, and exposed bus as their owner sees them. */
  private static List<String> whatMediaIs() {
    JsonNode machine =
        runtime
            .aws()
            .call(Gallery.MEDIA, "AWSStepFunctions", "ListStateMachines", Json.object())
            .path("stateMachines")
            .path(0)
            .path("stateMachineArn");
    JsonNode described =
        runtime
            .aws()
            .call(
                Gallery.MEDIA,
                "AWSStepFunctions",
                "DescribeStateMachine",
                Json.object().set("stateMachineArn", machine));
    JsonNode bus =
        runtime
            .aws()
            .call(
                Gallery.MEDIA,
                "AWSEvents",
                "DescribeEventBus",
                Json.object().put("Name", "media-milestones"));
    return List.of(Json.write(described), Json.write(bus));
  }

  private static JsonNode only(Iterable<JsonNode> nodes) {
    List<JsonNode> all = new java.util.ArrayList<>();
    nodes.forEach(all::add);
    assertThat(all).hasSize(1);
    return all.getFirst();
  }
}
