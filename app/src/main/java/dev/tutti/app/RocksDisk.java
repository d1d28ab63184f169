package dev.tutti.app;

import dev.tutti.host.Store;
import dev.tutti.simulate.Disk;
import dev.tutti.store.rocksdb.DataDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A simulated disk that is a real one: a data directory in a temporary folder, opened anew each
 * time.
 */
final class RocksDisk implements Disk {
  private final Path folder;
  private @Nullable DataDirectory data;

  RocksDisk() {
    try {
      folder = Files.createTempDirectory("tutti-simulate-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Store open() {
    release();
    DataDirectory opened = DataDirectory.open(folder.resolve("data"));
    data = opened;
    return opened.store();
  }

  private void release() {
    DataDirectory open = data;
    data = null;
    if (open != null) {
      open.close();
    }
  }

  @Override
  public void close() {
    release();
    try (Stream<Path> all = Files.walk(folder)) {
      List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
      for (Path each : deepestFirst) {
        Files.delete(each);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
