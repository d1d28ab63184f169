package dev.tutti.runner.log;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The streams of all functions: {@code <dir>/<account>/<function>/<time>-<id>.log}.
 *
 * <p>A line in a file is its time, a tab, and the text. What stands before the first START of a
 * stream is its process' initialisation and is read as part of the first invocation.
 */
public final class Logs {
  private static final Logger LOG = LoggerFactory.getLogger(Logs.class);
  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS").withZone(ZoneOffset.UTC);
  private static final int MAX_LINES = 10_000;

  private final Path directory;
  private final LogBounds bounds;

  public Logs(Path directory, LogBounds bounds) {
    this.directory = directory;
    this.bounds = bounds;
  }

  /** Begins the stream of a process, making room first by removing the function's oldest files. */
  public Stream open(String account, String function, String id) throws IOException {
    Path folder = Files.createDirectories(folder(account, function));
    makeRoom(folder);
    String name = NAME.format(Instant.now()) + "-" + id + ".log";
    return new Stream(folder.resolve(name), bounds.segmentBytes());
  }

  /**
   * The lines of one invocation, oldest first, the last 10,000 of them; none where none is kept.
   */
  public List<LogLine> read(String account, String function, String requestId) throws IOException {
    for (Path file : files(folder(account, function)).reversed()) {
      if (file.toString().endsWith(".log")) {
        List<LogLine> lines = find(file, requestId);
        if (!lines.isEmpty()) {
          return lines;
        }
      }
    }
    return List.of();
  }

  private static List<LogLine> find(Path file, String requestId) throws IOException {
    Search search = new Search(requestId);
    for (Path part : List.of(Stream.previous(file), file)) {
      try (BufferedReader reader =
          new BufferedReader(
              new java.io.InputStreamReader(Files.newInputStream(part), StandardCharsets.UTF_8))) {
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
          search.take(line);
        }
      } catch (NoSuchFileException e) {
        LOG.trace("not put aside yet, or removed meanwhile", e);
      }
    }
    return search.found();
  }

  private Path folder(String account, String function) {
    return directory.resolve(safe(account)).resolve(safe(function));
  }

  private static String safe(String name) {
    return name.replaceAll("[^A-Za-z0-9_-]", "_");
  }

  private void makeRoom(Path folder) throws IOException {
    List<Path> files = files(folder);
    long total = 0;
    for (Path file : files) {
      total += size(file);
    }
    for (Path file : files) {
      if (total <= bounds.functionBytes()) {
        return;
      }
      total -= size(file);
      Files.deleteIfExists(file);
    }
  }

  private static long size(Path file) throws IOException {
    try {
      return Files.size(file);
    } catch (NoSuchFileException e) {
      LOG.trace("removed meanwhile", e);
      return 0;
    }
  }

  /** A function's files by their names, which is by their age. */
  private static List<Path> files(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (var files = Files.list(folder)) {
      return new ArrayList<>(files.sorted(Comparator.comparing(Path::toString)).toList());
    }
  }

  /** Picks one invocation's lines out of a stream's; its START may have been cut off. */
  private static final class Search {
    private static final String START = "START RequestId: ";
    private static final String REPORT = "REPORT RequestId: ";

    private final String requestId;
    private final Deque<LogLine> lines = new ArrayDeque<>();
    private boolean initialised;
    private boolean begun;
    private boolean reported;

    Search(String requestId) {
      this.requestId = requestId;
    }

    void take(String text) {
      LogLine line = reported ? null : parse(text);
      if (line == null) {
        return;
      }
      if (line.message().startsWith(START)) {
        begun = names(line.message(), START);
        if (initialised) {
          lines.clear();
        }
        initialised = true;
      }
      if (lines.size() == MAX_LINES) {
        lines.removeFirst();
      }
      lines.addLast(line);
      if (line.message().startsWith(REPORT)) {
        initialised = true;
        begun = false;
        reported = names(line.message(), REPORT);
        if (!reported) {
          lines.clear();
        }
      }
    }

    private boolean names(String message, String word) {
      int end = word.length() + requestId.length();
      return message.startsWith(requestId, word.length())
          && (message.length() == end || Character.isWhitespace(message.charAt(end)));
    }

    List<LogLine> found() {
      return reported || begun ? List.copyOf(lines) : List.of();
    }

    private static @Nullable LogLine parse(String text) {
      int tab = text.indexOf('\t');
      if (tab < 0) {
        return null;
      }
      try {
        return new LogLine(Instant.parse(text.substring(0, tab)), text.substring(tab + 1));
      } catch (DateTimeParseException e) {
        LOG.trace("a line that was cut", e);
        return null;
      }
    }
  }
}
