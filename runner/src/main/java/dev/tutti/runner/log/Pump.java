package dev.tutti.runner.log;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves what a process prints from its pipe to its stream, and knows when all of it has arrived.
 *
 * <p>An answer comes by another way than the output that was printed before it, so the end of an
 * invocation needs a meeting point: the runner holds the pipe's writing end too and sends a secret
 * mark through it; when the mark comes out, everything printed before has come out. Where the
 * writing end can't be had (no {@code /proc}), it waits until the pipe has been quiet for a while.
 */
public final class Pump implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Pump.class);
  private static final long QUIET_MILLIS = 20;
  private static final long CLOSE_MILLIS = 500;

  private final InputStream pipe;
  private final Stream stream;
  private final @Nullable OutputStream writingEnd;
  private final byte[] mark = ("\0" + UUID.randomUUID() + "\0").getBytes(StandardCharsets.US_ASCII);
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private long marksSent;
  private long marksSeen;
  private long lastOutputNanos = System.nanoTime();
  private boolean ended;

  private Pump(InputStream pipe, Stream stream, @Nullable OutputStream writingEnd) {
    this.pipe = pipe;
    this.stream = stream;
    this.writingEnd = writingEnd;
  }

  /** Starts to read what the process prints; a platform thread, since pipes block them. */
  public static Pump start(Process process, Stream stream) {
    Pump pump = new Pump(process.getInputStream(), stream, writingEnd(process));
    Thread.ofPlatform()
        .daemon()
        .stackSize(256 * 1024)
        .name("tutti-output-" + process.pid())
        .start(pump::run);
    return pump;
  }

  private static @Nullable OutputStream writingEnd(Process process) {
    try {
      return new FileOutputStream("/proc/" + process.pid() + "/fd/1");
    } catch (IOException e) {
      LOG.debug("no second writing end for process {}", process.pid(), e);
      return null;
    }
  }

  /** Waits, within the bound, until everything printed before this call is in the stream. */
  public void settle(long boundMillis) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(boundMillis);
    long awaited = send();
    lock.lock();
    try {
      for (long left = end - System.nanoTime();
          left > 0 && !ended;
          left = end - System.nanoTime()) {
        if (awaited > 0 ? marksSeen >= awaited : isQuiet()) {
          break;
        }
        arrived.awaitNanos(
            awaited > 0 ? left : Math.min(left, TimeUnit.MILLISECONDS.toNanos(QUIET_MILLIS)));
      }
    } finally {
      lock.unlock();
    }
    stream.flush();
  }

  private boolean isQuiet() {
    return System.nanoTime() - lastOutputNanos > TimeUnit.MILLISECONDS.toNanos(QUIET_MILLIS);
  }

  /** Sends a mark; returns which one it is, or 0 where none could be sent. */
  private long send() {
    OutputStream to = writingEnd;
    if (to == null) {
      return 0;
    }
    try {
      synchronized (to) {
        to.write(mark);
        lock.lock();
        try {
          return ++marksSent;
        } finally {
          lock.unlock();
        }
      }
    } catch (IOException e) {
      LOG.debug("the pipe is closed", e);
      return 0;
    }
  }

  private void run() {
    byte[] buffer = new byte[64 * 1024 + mark.length];
    int held = 0;
    try {
      while (true) {
        int n = pipe.read(buffer, held, buffer.length - held);
        if (n < 0) {
          break;
        }
        int kept = pass(buffer, held + n);
        System.arraycopy(buffer, held + n - kept, buffer, 0, kept);
        held = kept;
      }
      stream.output(buffer, 0, held);
    } catch (IOException e) {
      LOG.trace("the pipe was closed", e);
    } finally {
      stream.flush();
      signal(true, 0);
    }
  }

  /** Hands on all but marks; returns how many bytes at the end may be the beginning of a mark. */
  private int pass(byte[] buffer, int length) {
    int from = 0;
    int marks = 0;
    for (int i = 0; i < length; i++) {
      if (buffer[i] != 0) {
        continue;
      }
      int have = Math.min(mark.length, length - i);
      if (!Arrays.equals(buffer, i, i + have, mark, 0, have)) {
        continue;
      }
      stream.output(buffer, from, i);
      if (have < mark.length) {
        signal(false, marks);
        return have;
      }
      marks++;
      i += mark.length - 1;
      from = i + 1;
    }
    stream.output(buffer, from, length);
    signal(false, marks);
    return 0;
  }

  private void signal(boolean end, int marks) {
    lock.lock();
    try {
      ended |= end;
      marksSeen += marks;
      lastOutputNanos = System.nanoTime();
      arrived.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Lets go of the pipe, and waits a little for the rest where a process still holds it. */
  @Override
  public void close() {
    try {
      if (writingEnd != null) {
        writingEnd.close();
      }
      awaitEnd();
    } catch (IOException e) {
      LOG.debug("the pipe did not close cleanly", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void awaitEnd() throws InterruptedException {
    lock.lock();
    try {
      long left = TimeUnit.MILLISECONDS.toNanos(CLOSE_MILLIS);
      while (!ended && left > 0) {
        left = arrived.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }
}
