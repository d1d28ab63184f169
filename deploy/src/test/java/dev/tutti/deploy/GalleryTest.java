package dev.tutti.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The gallery example, three contexts that subscribe to one another, deploys as it stands. */
final class GalleryTest {
  private static final Path GALLERY = Path.of("../examples/gallery");

  @TempDir Path root;

  @Test
  void theGalleryIsDeployedWithExposedBusesBeforeTheirSubscribers() throws IOException {
    copy();
    Bench bench =
        new Bench(root).file("contexts/media/src/imaging/target/imaging.jar", "stands for a jar");

    Deployment deployment = bench.deploy();

    assertThat(deployment.failures()).isEmpty();
    assertThat(deployment.count("CREATED")).isGreaterThan(20);
    List<String> calls =
        bench.door.calls.stream().map(call -> call.context() + " " + call.operation()).toList();
    int lastPolicy =
        Math.max(
            calls.lastIndexOf("111122223333 PutPermission"),
            calls.lastIndexOf("444455556666 PutPermission"));
    assertThat(calls.indexOf("777788889999 PutRule")).isGreaterThan(lastPolicy);
    assertThat(bench.door.things.keySet()).contains("bus 111122223333/media-milestones");

    bench.door.calls.clear();
    bench.deploy();
    assertThat(bench.door.calls).isEmpty();
  }

  private void copy() throws IOException {
    try (Stream<Path> files = Files.walk(GALLERY)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String path = GALLERY.relativize(file).toString();
        if (!path.contains("target/")) {
          Files.createDirectories(root.resolve(path).getParent());
          Files.copy(file, root.resolve(path));
        }
      }
    }
  }
}
