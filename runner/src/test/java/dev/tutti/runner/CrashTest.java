package dev.tutti.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A killed program leaves no process, not even one that hid, and no temporary folder. */
final class CrashTest {
  @TempDir Path directory;

  @Test
  void afterKillMinus9NothingIsLeft() throws IOException {
    Path code = Files.createDirectory(directory.resolve("code"));
    Path pids = directory.resolve("pids");
    Files.writeString(
        code.resolve("app.py"),
        """
        import os, subprocess, time
        def handler(event, context):
            a = subprocess.Popen(['sleep', '1000'])
            b = subprocess.Popen(['sleep', '1000'], start_new_session=True)
            c = subprocess.Popen(['env', '-i', 'sleep', '1000'])
            with open('%s.new', 'w') as file:
                file.write('%%d %%d %%d %%d' %% (os.getpid(), a.pid, b.pid, c.pid))
            os.rename('%s.new', '%s')
            time.sleep(1000)
        """
            .formatted(pids, pids, pids));
    Path own = directory.resolve("runner");
    Process program =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                CrashMain.class.getName(),
                own.toString(),
                code.toString())
            .inheritIO()
            .start();
    try {
      await().atMost(Duration.ofSeconds(60)).until(() -> Files.exists(pids));
    } finally {
      program.destroyForcibly();
    }
    String[] started = Files.readString(pids).split(" ");
    assertThat(started).hasSize(4);
    await()
        .untilAsserted(
            () -> assertThat(Stream.of(started).map(Long::valueOf)).noneMatch(Bench::isAlive));
    await()
        .untilAsserted(() -> {
          try (Stream<Path> left = Files.list(own.resolve("tmp"))) {
            assertThat(left).isEmpty();
          }
        });
  }
}
