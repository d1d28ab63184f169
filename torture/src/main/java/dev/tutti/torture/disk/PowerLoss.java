package dev.tutti.torture.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a power failure leaves of a folder: of each file what was fsynced, and some beginning of
 * what was not, the last write perhaps torn; of each directory the names that were fsynced, and
 * some beginning of the later changes. Stricter than common file systems: a file's fsync doesn't
 * keep its name. New directories are taken to last.
 *
 * <p>The folder is read before the process starts; afterwards the trace of what it did is played
 * back, and the folder is written anew.
 */
public final class PowerLoss {
  private static final int CREATE = 0x40;
  private static final int TRUNCATE = 0x200;
  private static final int HEAD_BYTES = 24;

  private final Path root;
  private final Map<Path, Inode> durable = new TreeMap<>();
  private final Map<Path, Inode> live = new TreeMap<>();
  private final Map<Path, List<Change>> names = new HashMap<>();
  private final Map<Integer, Inode> files = new HashMap<>();
  private final Map<Integer, Path> folders = new HashMap<>();
  private int syncs;
  private int dropped;

  /** A change of names in a directory; null: the name is gone. */
  private record Change(Path name, @Nullable Inode file) {}

  private interface Edit {
    /** Changes content, up to a number of bytes. */
    void apply(Content content, int bytes);
  }

  private static final class Inode {
    private final Content synced;
    private final List<Edit> edits = new ArrayList<>();

    Inode(byte[] bytes) {
      synced = new Content(bytes);
    }

    void sync() {
      edits.forEach(edit -> edit.apply(synced, Integer.MAX_VALUE));
      edits.clear();
    }
  }

  private PowerLoss(Path root) {
    this.root = root;
  }

  /** Reads a folder; all that is in it is on disk. */
  public static PowerLoss before(Path root) throws IOException {
    PowerLoss loss = new PowerLoss(root);
    for (Path file : loss.watched()) {
      Inode inode = new Inode(Files.readAllBytes(file));
      loss.durable.put(file, inode);
      loss.live.put(file, inode);
    }
    return loss;
  }

  private List<Path> watched() throws IOException {
    List<Path> files = new ArrayList<>();
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes about) {
            return Disk.isWatched(
                    root, folder) // the last life's functions may still tidy up theirs
                ? FileVisitResult.CONTINUE
                : FileVisitResult.SKIP_SUBTREE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes about) {
            if (about.isRegularFile() && Disk.isWatched(root, file)) {
              files.add(file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return files;
  }

  /** How many fsyncs were seen. */
  public int syncs() {
    return syncs;
  }

  /** How many writes and changes of names were dropped. */
  public int dropped() {
    return dropped;
  }

  /** Plays a trace; a record that is cut short at its end was never done. */
  public void play(Path trace) throws IOException {
    ByteBuffer records = ByteBuffer.wrap(Files.readAllBytes(trace)).order(ByteOrder.LITTLE_ENDIAN);
    while (records.remaining() >= HEAD_BYTES) {
      int operation = records.getInt();
      int fd = records.getInt();
      long number = records.getLong();
      int one = records.getInt();
      int two = records.getInt();
      if (records.remaining() < one + two) {
        return;
      }
      byte[] first = new byte[one];
      records.get(first);
      byte[] second = new byte[two];
      records.get(second);
      play(operation, fd, number, first, second);
    }
  }

  private void play(int operation, int fd, long number, byte[] first, byte[] second) {
    switch (operation) {
      case 1 -> open(fd, path(first), (int) number);
      case 2 ->
          edit(
              fd,
              (content, bytes) ->
                  content.write((int) number, first, Math.min(bytes, first.length)));
      case 3 -> sync(fd);
      case 4 -> rename(path(first), path(second));
      case 5 -> {
        if (live.remove(path(first)) != null) {
          change(path(first), null);
        }
      }
      case 6 -> edit(fd, (content, bytes) -> content.truncate((int) number));
      case 7 -> {
        files.remove(fd);
        folders.remove(fd);
      }
      default -> throw new IllegalStateException("a trace knows no operation " + operation);
    }
  }

  private static Path path(byte[] text) {
    return Path.of(new String(text, StandardCharsets.UTF_8)).normalize();
  }

  private void open(int fd, Path path, int flags) {
    if (Files.isDirectory(path)) {
      folders.put(fd, path);
      return;
    }
    Inode file = live.get(path);
    if (file == null) {
      if ((flags & CREATE) == 0) {
        return;
      }
      file = new Inode(new byte[0]);
      live.put(path, file);
      change(path, file);
    }
    if ((flags & TRUNCATE) != 0) {
      file.edits.add((content, bytes) -> content.truncate(0));
    }
    files.put(fd, file);
  }

  private void edit(int fd, Edit edit) {
    Inode file = files.get(fd);
    if (file != null) {
      file.edits.add(edit);
    }
  }

  private void sync(int fd) {
    syncs++;
    Inode file = files.get(fd);
    if (file != null) {
      file.sync();
    }
    Path folder = folders.get(fd);
    if (folder != null) {
      List<Change> changes = names.getOrDefault(folder, new ArrayList<>());
      changes.forEach(this::settle);
      changes.clear();
    }
  }

  private void rename(Path from, Path to) {
    Inode file = live.remove(from);
    if (file == null) {
      throw new IllegalStateException(from + " is renamed and was never seen");
    }
    live.put(to, file);
    change(to, file);
    change(from, null);
  }

  private void change(Path name, @Nullable Inode file) {
    names
        .computeIfAbsent(Objects.requireNonNull(name.getParent()), f -> new ArrayList<>())
        .add(new Change(name, file));
  }

  private void settle(Change change) {
    if (change.file() == null) {
      durable.remove(change.name());
    } else {
      durable.put(change.name(), change.file());
    }
  }

  /** Cuts the power: writes what is left. */
  public void cut(SplittableRandom random) throws IOException {
    names.forEach((folder, changes) -> {
      int kept = random.nextInt(changes.size() + 1);
      changes.subList(0, kept).forEach(this::settle);
      dropped += changes.size() - kept;
    });
    for (Path file : watched()) {
      Files.delete(file);
    }
    for (Map.Entry<Path, Inode> entry : durable.entrySet()) {
      Files.write(entry.getKey(), left(entry.getValue(), random));
    }
  }

  private byte[] left(Inode file, SplittableRandom random) {
    Content content = file.synced.copy();
    int kept =
        switch (random.nextInt(3)) {
          case 0 -> 0;
          case 1 -> file.edits.size();
          default -> random.nextInt(file.edits.size() + 1);
        };
    file.edits.subList(0, kept).forEach(edit -> edit.apply(content, Integer.MAX_VALUE));
    if (kept < file.edits.size()) {
      dropped += file.edits.size() - kept;
      file.edits.get(kept).apply(content, random.nextInt(4096));
    }
    return content.toBytes();
  }

  /** Cuts the power so that nothing is left of what was not fsynced. */
  public void cutAll() throws IOException {
    for (Path file : watched()) {
      Files.delete(file);
    }
    for (Map.Entry<Path, Inode> entry : durable.entrySet()) {
      Files.write(entry.getKey(), entry.getValue().synced.toBytes());
      dropped += entry.getValue().edits.size();
    }
  }
}
