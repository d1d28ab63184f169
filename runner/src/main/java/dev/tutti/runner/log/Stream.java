package dev.tutti.runner.log;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one process prints: lines with their time in a file of bounded size, and the last 4 KiB of
 * the present invocation in memory.
 *
 * <p>A file that is full is put aside under {@code .1}, over the one put aside before, so that a
 * stream never holds more than two. When the disk fails, lines are dropped and counted: a function
 * goes on, and the next line that can be written says how many are missing.
 */
public final class Stream implements AutoCloseable {
  /** What an invocation's answer may carry of its log, in bytes, as in Lambda. */
  public static final int TAIL_BYTES = 4096;

  private static final Logger LOG = LoggerFactory.getLogger(Stream.class);
  private static final int MAX_LINE = 64 * 1024;

  private final Path file;
  private final long segmentBytes;
  private final Tail tail = new Tail(TAIL_BYTES);
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private @Nullable OutputStream out;
  private long size;
  private long dropped;
  private boolean closed;

  Stream(Path file, long segmentBytes) {
    this.file = file;
    this.segmentBytes = segmentBytes;
  }

  /** Forgets the tail: what follows belongs to another invocation. */
  public synchronized void restartTail() {
    tail.clear();
  }

  /** The last 4 KiB since {@link #restartTail()}. */
  public synchronized byte[] tail() {
    return tail.bytes();
  }

  /** Takes what the process printed, in whatever pieces it comes. */
  public synchronized void output(byte[] bytes, int from, int to) {
    tail.write(bytes, from, to);
    int start = from;
    for (int i = from; i < to; i++) {
      if (bytes[i] == '\n' || line.size() + (i - start) >= MAX_LINE) {
        int end = bytes[i] == '\n' ? i : i + 1;
        line.write(bytes, start, end - start);
        endLine();
        start = i + 1;
      }
    }
    line.write(bytes, start, to - start);
  }

  /** Writes a line of the runner's own, after ending the one that the process left open. */
  public synchronized void line(String text) {
    if (line.size() > 0) {
      tail.write(new byte[] {'\n'}, 0, 1);
      endLine();
    }
    byte[] bytes = (text + "\n").getBytes(StandardCharsets.UTF_8);
    tail.write(bytes, 0, bytes.length);
    line.write(bytes, 0, bytes.length - 1);
    endLine();
  }

  /** Has all that was taken so far in the file, for readers. */
  public synchronized void flush() {
    try {
      if (out != null) {
        out.flush();
      }
    } catch (IOException e) {
      drop(e);
    }
  }

  private void endLine() {
    byte[] text = line.toByteArray();
    line.reset();
    if (closed) {
      return;
    }
    try {
      OutputStream to = segment();
      if (dropped > 0) {
        write(to, (dropped + " lines were lost here").getBytes(StandardCharsets.UTF_8));
        dropped = 0;
      }
      write(to, text);
    } catch (IOException e) {
      drop(e);
    }
  }

  private void write(OutputStream to, byte[] text) throws IOException {
    byte[] time =
        (Instant.now().truncatedTo(ChronoUnit.MILLIS) + "\t").getBytes(StandardCharsets.US_ASCII);
    to.write(time);
    to.write(text);
    to.write('\n');
    size += time.length + text.length + 1L;
  }

  private OutputStream segment() throws IOException {
    OutputStream open = out;
    if (open != null && size < segmentBytes) {
      return open;
    }
    if (open != null) {
      out = null;
      open.close();
      Files.move(file, previous(file), StandardCopyOption.REPLACE_EXISTING);
    }
    open = new BufferedOutputStream(Files.newOutputStream(file), 16 * 1024);
    out = open;
    size = 0;
    return open;
  }

  static Path previous(Path file) {
    return file.resolveSibling(file.getFileName() + ".1");
  }

  private void drop(IOException e) {
    if (dropped++ == 0) {
      LOG.warn("the log of a function can't be written: {}", file, e);
    }
  }

  @Override
  public synchronized void close() {
    if (line.size() > 0) {
      endLine();
    }
    closed = true;
    try {
      if (out != null) {
        out.close();
      }
    } catch (IOException e) {
      drop(e);
    }
  }
}
