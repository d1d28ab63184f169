package dev.tutti.host;

import dev.tutti.core.kernel.Key;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A backlog in files: written at the end of the last, read from the beginning of the first, and
 * each deleted when it has been read. Nothing is fsynced, as nothing here is the truth.
 */
final class Spool implements Backlog {
  private static final int SEGMENT_BYTES = 4 << 20;

  private final Path folder;
  private final Deque<Path> full = new ArrayDeque<>();
  private @Nullable Path writing;
  private @Nullable DataOutputStream out;
  private @Nullable Path reading;
  private @Nullable DataInputStream in;

  private Spool(Path folder) {
    this.folder = folder;
  }

  /** Spools in a folder, which is emptied of what an earlier process left. */
  static Backlog.Source in(Path folder) {
    try {
      Files.createDirectories(folder);
      try (Stream<Path> left = Files.list(folder)) {
        for (Path file : left.filter(Files::isRegularFile).toList()) {
          Files.delete(file);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the backlog's folder " + folder + " can't be used", e);
    }
    return () -> new Spool(folder);
  }

  @Override
  public void add(Waiting waiting) {
    try {
      DataOutputStream to = out;
      if (to == null) {
        Path file = Files.createTempFile(folder, "lane-", ".spool");
        to = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)));
        writing = file;
        out = to;
      }
      to.writeLong(waiting.patientUntilMillis());
      write(waiting.id().owner().kind(), to);
      write(waiting.id().owner().id(), to);
      write(waiting.id().name(), to);
      if (to.size() >= SEGMENT_BYTES) {
        finishWriting();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("a backlog can't be written", e);
    }
  }

  private static void write(String text, DataOutputStream to) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    to.writeInt(bytes.length);
    to.write(bytes);
  }

  private void finishWriting() throws IOException {
    if (out != null && writing != null) {
      out.close();
      full.add(writing);
      out = null;
      writing = null;
    }
  }

  @Override
  public @Nullable Waiting poll() {
    try {
      while (true) {
        if (in == null && !openNext()) {
          return null;
        }
        Waiting next = in == null ? null : read(in);
        if (next != null) {
          return next;
        }
        finishReading();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("a backlog can't be read", e);
    }
  }

  private boolean openNext() throws IOException {
    if (full.isEmpty()) {
      finishWriting();
    }
    Path next = full.poll();
    if (next == null) {
      return false;
    }
    reading = next;
    in = new DataInputStream(new BufferedInputStream(Files.newInputStream(next)));
    return true;
  }

  /** The next entry; null at the file's end. */
  private static @Nullable Waiting read(DataInputStream from) throws IOException {
    long until;
    try {
      until = from.readLong();
    } catch (EOFException _) {
      return null;
    }
    return new Waiting(new OwedId(new Key(text(from), text(from)), text(from)), until);
  }

  private static String text(DataInputStream from) throws IOException {
    return new String(from.readNBytes(from.readInt()), StandardCharsets.UTF_8);
  }

  private void finishReading() throws IOException {
    if (in != null && reading != null) {
      in.close();
      Files.delete(reading);
      in = null;
      reading = null;
    }
  }

  @Override
  public void close() {
    try {
      finishReading();
      finishWriting();
      for (Path file : full) {
        Files.delete(file);
      }
      full.clear();
    } catch (IOException e) {
      throw new UncheckedIOException("a backlog can't be closed", e);
    }
  }
}
