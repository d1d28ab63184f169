package dev.tutti.runner.log;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Consumer;
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
  private final Consumer<Stream> whenClosed;
  private final Tail tail = new Tail(TAIL_BYTES);
  private final byte[] line = new byte[MAX_LINE];
  private int lineLength;
  private @Nullable OutputStream out;
  private long size;
  private long dropped;
  private boolean closed;

  /**
   * A stream that holds nothing yet.
   *
   * @param whenClosed is told once
   */
  Stream(Path file, long segmentBytes, Consumer<Stream> whenClosed) {
    this.file = file;
    this.segmentBytes = segmentBytes;
    this.whenClosed = whenClosed;
  }

  Path file() {
    return file;
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
    while (start < to) {
      int limit = Math.min(to, start + MAX_LINE - lineLength);
      int end = start;
      while (end < limit && bytes[end] != '\n') {
        end++;
      }
      System.arraycopy(bytes, start, line, lineLength, end - start);
      lineLength += end - start;
      boolean complete = end < to && bytes[end] == '\n';
      if (complete || lineLength == MAX_LINE) {
        endLine();
      }
      start = complete ? end + 1 : end;
    }
  }

  /** Writes a line of the runner's own, after ending the one that the process left open. */
  public synchronized void line(String text) {
    byte[] bytes = (text + "\n").getBytes(StandardCharsets.UTF_8);
    if (lineLength > 0) {
      tail.write(bytes, bytes.length - 1, bytes.length);
      endLine();
    }
    output(bytes, 0, bytes.length);
  }

  /** Has all that was taken so far in the file, for readers. */
  public synchronized void flush() {
    try {
      if (out != null) {
        out.flush();
      }
    } catch (IOException e) {
      LOG.debug("{} could not be written out; what comes next will say so", file, e);
    }
  }

  private void endLine() {
    int length = lineLength;
    lineLength = 0;
    if (closed) {
      return;
    }
    try {
      OutputStream to = segment();
      if (dropped > 0) {
        byte[] lost = (dropped + " lines were lost here").getBytes(StandardCharsets.UTF_8);
        write(to, lost, lost.length);
        dropped = 0;
      }
      write(to, line, length);
    } catch (IOException e) {
      drop(e);
    }
  }

  private void write(OutputStream to, byte[] text, int length) throws IOException {
    byte[] time =
        (Instant.now().truncatedTo(ChronoUnit.MILLIS) + "\t").getBytes(StandardCharsets.US_ASCII);
    to.write(time);
    to.write(text, 0, length);
    to.write('\n');
    size += time.length + length + 1L;
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
    if (lineLength > 0) {
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
    whenClosed.accept(this);
  }
}
