package dev.tutti.runner.log;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The streams of all functions: {@code <dir>/<account>/<region>/<log group>/<time>-<stream>.log}.
 * Names are encoded as in a URL.
 *
 * <p>A line in a file is its time, a tab, and the text. What stands before the first START of a
 * stream is its process' initialisation and is read as part of the first invocation.
 */
public final class Logs {
  private static final Logger LOG = LoggerFactory.getLogger(Logs.class);
  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS").withZone(ZoneOffset.UTC);
  private static final String ENDING = ".log";
  private static final int MAX_LINES = 10_000;

  /** A folder's name may have 255 bytes. */
  private static final int MAX_ENCODED = 200;

  private final Path directory;
  private final LogBounds bounds;
  private final Set<Stream> open = ConcurrentHashMap.newKeySet();

  public Logs(Path directory, LogBounds bounds) {
    this.directory = directory;
    this.bounds = bounds;
  }

  /**
   * Where functions log.
   *
   * @param name for example {@code /aws/lambda/NAME}
   */
  public record Group(String account, String region, String name) {}

  /**
   * A stream that is kept.
   *
   * @param name for example {@code 2026/11/23/[$LATEST]0123456789abcdef}
   * @param begun when its process was started
   * @param last when it was last written to
   */
  public record Kept(String name, Instant begun, Instant last, Path file) {}

  /** Begins the stream of a process, making room first by removing the group's oldest files. */
  public Stream open(Group group, String stream) throws IOException {
    Path folder = Files.createDirectories(folder(group));
    makeRoom(folder);
    String name = NAME.format(Instant.now()) + "-" + encoded(stream) + ENDING;
    Stream begun = new Stream(folder.resolve(name), bounds.segmentBytes(), open::remove);
    open.add(begun);
    return begun;
  }

  /** The streams of a group, by their age, with all that was printed so far. */
  public List<Kept> streams(Group group) throws IOException {
    Path folder = folder(group);
    for (Stream stream : open) {
      if (folder.equals(stream.file().getParent())) {
        stream.flush();
      }
    }
    List<Kept> kept = new ArrayList<>();
    for (Path file : files(folder)) {
      String name = file.getFileName().toString();
      int time = name.indexOf('-');
      try {
        kept.add(
            new Kept(
                decoded(name.substring(time + 1, name.length() - ENDING.length())),
                NAME.parse(name.substring(0, time), Instant::from),
                Files.getLastModifiedTime(file).toInstant(),
                file));
      } catch (NoSuchFileException e) {
        LOG.trace("removed meanwhile", e);
      }
    }
    return kept;
  }

  /**
   * Shows the lines of a stream that are whole, the oldest first, as long as it is told to.
   *
   * @param to returns whether it wants more
   */
  public static void lines(Kept stream, Predicate<LogLine> to) throws IOException {
    Path aside = Stream.previous(stream.file());
    while (true) {
      Object before = key(aside);
      try (InputStream first = reading(aside);
          InputStream second = reading(stream.file())) {
        // Where a file was put aside between the two, what it holds would be missed.
        if (Objects.equals(before, key(aside))) {
          var _ = lines(first, to) && lines(second, to);
          return;
        }
      }
    }
  }

  private static @Nullable Object key(Path file) throws IOException {
    try {
      return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    } catch (NoSuchFileException e) {
      LOG.trace("nothing was put aside yet, or it was removed", e);
      return null;
    }
  }

  private static InputStream reading(Path file) throws IOException {
    try {
      return new BufferedInputStream(Files.newInputStream(file), 64 * 1024);
    } catch (NoSuchFileException e) {
      LOG.trace("nothing was put aside yet, or it was removed", e);
      return InputStream.nullInputStream();
    }
  }

  /** A line ends with a line feed alone: a carriage return is part of it. */
  private static boolean lines(InputStream from, Predicate<LogLine> to) throws IOException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    for (int next = from.read(); next >= 0; next = from.read()) {
      if (next != '\n') {
        text.write(next);
        continue;
      }
      LogLine line = parse(text.toString(StandardCharsets.UTF_8));
      text.reset();
      if (line != null && !to.test(line)) {
        return false;
      }
    }
    return true;
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

  /**
   * The lines of one invocation, oldest first, the last 10,000 of them; none where none is kept.
   */
  public List<LogLine> read(Group group, String requestId) throws IOException {
    for (Kept stream : streams(group).reversed()) {
      Search search = new Search(requestId);
      lines(stream, search::take);
      List<LogLine> lines = search.found();
      if (!lines.isEmpty()) {
        return lines;
      }
    }
    return List.of();
  }

  private Path folder(Group group) {
    return directory
        .resolve(encoded(group.account()))
        .resolve(encoded(group.region()))
        .resolve(encoded(group.name()));
  }

  private static String encoded(String name) {
    String encoded =
        URLEncoder.encode(name, StandardCharsets.UTF_8).replace(".", "%2E").replace("*", "%2A");
    return encoded.length() <= MAX_ENCODED
        ? encoded
        : encoded.substring(0, MAX_ENCODED)
            + "~"
            + UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
  }

  private static String decoded(String name) {
    return URLDecoder.decode(name, StandardCharsets.UTF_8);
  }

  private void makeRoom(Path folder) throws IOException {
    List<Path> files = files(folder);
    long total = 0;
    for (Path file : files) {
      total += size(file) + size(Stream.previous(file));
    }
    Set<Path> written = new HashSet<>();
    open.forEach(stream -> written.add(stream.file()));
    int count = files.size();
    for (Path file : files) {
      if (total <= bounds.groupBytes() && count < bounds.groupStreams()) {
        return;
      }
      if (!written.contains(file)) {
        total -= size(file) + size(Stream.previous(file));
        count--;
        Files.deleteIfExists(Stream.previous(file));
        Files.deleteIfExists(file);
      }
    }
  }

  private static long size(Path file) throws IOException {
    try {
      return Files.size(file);
    } catch (NoSuchFileException e) {
      LOG.trace("not put aside yet, or removed meanwhile", e);
      return 0;
    }
  }

  /** A group's streams by their files' names, which is by their age. */
  private static List<Path> files(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (var files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(ENDING))
          .sorted(Comparator.comparing(Path::toString))
          .toList();
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

    /** Returns whether there may be more. */
    boolean take(LogLine line) {
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
      return !reported;
    }

    private boolean names(String message, String word) {
      int end = word.length() + requestId.length();
      return message.startsWith(requestId, word.length())
          && (message.length() == end || Character.isWhitespace(message.charAt(end)));
    }

    List<LogLine> found() {
      return reported || begun ? List.copyOf(lines) : List.of();
    }
  }
}
