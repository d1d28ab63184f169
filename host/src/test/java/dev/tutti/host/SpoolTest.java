package dev.tutti.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.core.kernel.Key;
import dev.tutti.host.Backlog.Waiting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SpoolTest {
  @TempDir private Path folder;

  private static Waiting waiting(int number) {
    return new Waiting(
        new OwedId(new Key("delivery", "ä|" + number + "x".repeat(200)), "attempt/1"), number);
  }

  private long files() throws IOException {
    try (var files = Files.list(folder)) {
      return files.count();
    }
  }

  @Test
  void givesBackInOrderWhatItTookWhileBothGoOn() {
    try (Backlog spool = Spool.in(folder).open()) {
      int taken = 0;
      for (int i = 0; i < 60_000; i++) {
        spool.add(waiting(i));
        if (i % 3 == 0) {
          assertThat(spool.poll()).isEqualTo(waiting(taken++));
        }
      }
      for (; taken < 60_000; taken++) {
        assertThat(spool.poll()).isEqualTo(waiting(taken));
      }
      assertThat(spool.poll()).isNull();
    }
  }

  @Test
  void leavesNoFilesBehind() throws IOException {
    Backlog spool = Spool.in(folder).open();
    for (int i = 0; i < 40_000; i++) {
      spool.add(waiting(i));
    }
    assertThat(spool.poll()).isNotNull();
    assertThat(files()).isGreaterThan(1);
    spool.close();

    assertThat(files()).isZero();
  }

  @Test
  void forgetsWhatAnEarlierProcessLeft() throws IOException {
    Files.writeString(folder.resolve("lane-1.spool"), "torn");

    assertThat(Spool.in(folder).open().poll()).isNull();
    assertThat(files()).isZero();
  }
}
