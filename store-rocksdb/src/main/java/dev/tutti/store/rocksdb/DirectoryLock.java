package dev.tutti.store.rocksdb;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a data directory to one process: a lock of the operating system on the file LOCK, which
 * holds the owner's process id. The lock ends with the process, however it ends.
 *
 * <p>Within one process a list of its own guards it: POSIX gives up a process's locks on a file as
 * soon as the process closes any descriptor of that file, so a second opener must not even look.
 */
final class DirectoryLock implements AutoCloseable {
  static final String FILE = "LOCK";
  private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

  private final Path folder;
  private final FileChannel channel;

  private DirectoryLock(Path folder, FileChannel channel) {
    this.folder = folder;
    this.channel = channel;
  }

  /**
   * Takes the lock of a folder that exists.
   *
   * @throws DataDirectoryException where another has it
   */
  static DirectoryLock take(Path folder) throws IOException {
    Path real = folder.toRealPath();
    if (!HELD_HERE.add(real)) {
      throw inUse(folder, "this process, " + ProcessHandle.current().pid());
    }
    @Nullable FileChannel channel = null;
    boolean taken = false;
    try {
      channel =
          FileChannel.open(
              real.resolve(FILE),
              StandardOpenOption.CREATE,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE);
      FileLock lock = channel.tryLock();
      if (lock == null) {
        String owner = content(channel);
        throw inUse(folder, owner.isEmpty() ? "another process" : "process " + owner);
      }
      writeOwner(channel);
      taken = true;
      return new DirectoryLock(real, channel);
    } finally {
      if (!taken) {
        if (channel != null) {
          channel.close();
        }
        HELD_HERE.remove(real);
      }
    }
  }

  /** Over what is there and always as long: that takes no room on a full disk. */
  private static void writeOwner(FileChannel channel) throws IOException {
    String owner = "%20d".formatted(ProcessHandle.current().pid());
    channel.write(ByteBuffer.wrap(owner.getBytes(StandardCharsets.UTF_8)), 0);
  }

  private static String content(FileChannel channel) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(20);
    channel.read(bytes, 0);
    String text = new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8).strip();
    return text.chars().allMatch(Character::isDigit) ? text : "";
  }

  private static DataDirectoryException inUse(Path folder, String owner) {
    return new DataDirectoryException(
        folder
            + " is in use by another Tutti ("
            + owner
            + "): stop it, or choose another data directory");
  }

  /** Gives the lock up; the file stays. */
  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new DataDirectoryException("the lock of " + folder + " can't be given up: " + e, e);
    } finally {
      HELD_HERE.remove(folder);
    }
  }
}
