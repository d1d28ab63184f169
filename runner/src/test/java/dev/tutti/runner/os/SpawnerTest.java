package dev.tutti.runner.os;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The thread that starts processes outlives whatever goes wrong. */
final class SpawnerTest {
  @TempDir Path directory;

  private static Process withoutThread() {
    throw new OutOfMemoryError("unable to create native thread");
  }

  @Test
  @Timeout(30)
  void aMachineWithoutAThreadLeftFailsOneStartAndNotTheNext() throws Exception {
    Spawner spawner = Spawner.instance();

    assertThatThrownBy(() -> spawner.start(SpawnerTest::withoutThread))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("unable to create native thread");

    Process next = spawner.start(List.of("/bin/sh", "-c", "exit 7"), Map.of(), directory, 0);
    assertThat(next.waitFor()).isEqualTo(7);
  }
}
