package dev.tutti.runner.os;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds and ends processes by a text in their environment, wherever they moved themselves. */
public final class Marked {
  private static final Logger LOG = LoggerFactory.getLogger(Marked.class);
  private static final Path PROC = Path.of("/proc");
  private static final int ROUNDS = 5;

  private Marked() {}

  /** Ends every process that carries the mark; in rounds, since one may start another meanwhile. */
  public static void kill(String mark) {
    for (int round = 0; round < ROUNDS && killRound(mark) > 0; round++) {
      Thread.onSpinWait();
    }
  }

  private static int killRound(String mark) {
    if (!Files.isDirectory(PROC)) {
      return 0;
    }
    int killed = 0;
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
      for (Path process : processes) {
        if (carries(process, mark)) {
          long pid = Long.parseLong(String.valueOf(process.getFileName()));
          ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
          killed++;
        }
      }
    } catch (IOException e) {
      LOG.warn("the list of processes could not be read", e);
    }
    return killed;
  }

  private static boolean carries(Path process, String mark) {
    try {
      return Files.readString(process.resolve("environ"), StandardCharsets.ISO_8859_1)
          .contains(mark);
    } catch (IOException e) {
      LOG.trace("ended meanwhile, or another user's", e);
      return false;
    }
  }
}
