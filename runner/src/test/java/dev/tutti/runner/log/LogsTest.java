package dev.tutti.runner.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LogsTest {
  private static final Logs.Group GROUP =
      new Logs.Group("111111111111", "us-east-1", "/aws/lambda/../../f");

  @TempDir private Path directory;

  @Test
  void whatIsStillInMemoryIsRead() throws IOException {
    Logs logs = new Logs(directory, LogBounds.standard());
    try (Stream stream = logs.open(GROUP, "2026/01/01/[$LATEST]ab")) {
      print(stream, "one\ntwo\rthree\nhalf");

      assertThat(logs.streams(GROUP))
          .singleElement()
          .satisfies(kept -> assertThat(kept.name()).isEqualTo("2026/01/01/[$LATEST]ab"));
      assertThat(messages(logs)).containsExactly("one", "two\rthree");
    }
    assertThat(messages(logs)).containsExactly("one", "two\rthree", "half");
    try (var folders = Files.list(directory.resolve("111111111111/us-east-1"))) {
      assertThat(folders).hasSize(1);
    }
  }

  @Test
  void aStreamHasTwoFilesAtMost() throws IOException {
    Logs logs = new Logs(directory, new LogBounds(100, 1 << 20, 10));
    try (Stream stream = logs.open(GROUP, "s")) {
      for (int i = 0; i < 20; i++) {
        print(stream, "line " + i + "\n");
      }
    }
    assertThat(messages(logs)).endsWith("line 18", "line 19").hasSizeBetween(3, 8);
  }

  @Test
  void theOldestStreamsGoButNotThoseThatAreWritten() throws IOException {
    Logs logs = new Logs(directory, new LogBounds(1 << 20, 1 << 20, 3));
    try (Stream open = logs.open(GROUP, "open")) {
      print(open, "first\n");
      for (int i = 0; i < 4; i++) {
        try (Stream stream = logs.open(GROUP, "closed" + i)) {
          print(stream, i + "\n");
        }
      }
      print(open, "last\n");

      assertThat(logs.streams(GROUP).stream().map(Logs.Kept::name))
          .containsExactlyInAnyOrder("open", "closed2", "closed3");
      assertThat(messages(logs)).contains("first", "last", "3");
    }
  }

  private static void print(Stream stream, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    stream.output(bytes, 0, bytes.length);
  }

  private static List<String> messages(Logs logs) throws IOException {
    List<String> messages = new ArrayList<>();
    for (Logs.Kept kept : logs.streams(GROUP)) {
      Logs.lines(kept, line -> messages.add(line.message()));
    }
    return messages;
  }
}
