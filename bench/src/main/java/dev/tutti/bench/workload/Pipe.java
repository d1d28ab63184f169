package dev.tutti.bench.workload;

import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A named pipe through which functions tell that they started: one small write each, which costs
 * them microseconds, loses nothing and needs no polling.
 */
final class Pipe implements AutoCloseable {
  private static final String END = "end";

  private final Path path;
  private final RandomAccessFile both;
  private final Thread reader;

  /** Takes each line: a mark, and when the function started, epoch microseconds. */
  interface Listener {
    void told(long mark, long startedMicros);
  }

  private Pipe(Path path, RandomAccessFile both, Listener listener) {
    this.path = path;
    this.both = both;
    this.reader = Thread.ofPlatform().name("pipe").start(() -> read(both, listener));
  }

  /** Makes one in a folder. Open for writing too, so that it doesn't end between two writers. */
  static Pipe open(Path folder, String name, Listener listener)
      throws IOException, InterruptedException {
    Path path = folder.resolve(name).toAbsolutePath();
    Process mkfifo = new ProcessBuilder("mkfifo", path.toString()).inheritIO().start();
    if (mkfifo.waitFor() != 0) {
      throw new IOException("mkfifo " + path + " failed");
    }
    return new Pipe(path, new RandomAccessFile(path.toFile(), "rw"), listener);
  }

  private static void read(RandomAccessFile both, Listener listener) {
    try {
      BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(new FileInputStream(both.getFD()), StandardCharsets.US_ASCII));
      for (@Nullable String line = lines.readLine();
          line != null && !line.equals(END);
          line = lines.readLine()) {
        int space = line.indexOf(' ');
        listener.told(
            Long.parseLong(line.substring(0, space)), Long.parseLong(line.substring(space + 1)));
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  Path path() {
    return path;
  }

  @Override
  public void close() throws IOException {
    both.write((END + "\n").getBytes(StandardCharsets.US_ASCII));
    try {
      reader.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    both.close();
  }
}
