package dev.tutti.services.objects;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Objects as files: {@code <folder>/<account>/<bucket>/<key>}, so that what lies in a folder can be
 * read as objects and the other way round. What S3 keeps beside a content is in {@link Notes}.
 *
 * <p>An object is written elsewhere, synced, and moved to its place; then the folders on the way
 * are synced. Keys that are no paths (with empty parts, {@code .} or {@code ..}) are refused, and
 * so is a key below another object, since a file is no folder.
 */
public final class FolderStore implements ObjectStore {
  private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
  private static final Pattern ACCOUNT = Pattern.compile("\\d{12}");
  private static final String OWN = ".tutti";

  private final Path folder;
  private final Path drafts;
  private final Notes notes;

  /**
   * Held while objects come and go, so that no folder is pruned under an object on its way in, and
   * what was expected under its key is still there when it takes its place.
   */
  private final ReentrantLock folders = new ReentrantLock();

  /** Opens a folder, which is made where there is none. */
  public FolderStore(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder).toRealPath();
    this.drafts = Files.createDirectories(this.folder.resolve(OWN).resolve("drafts"));
    this.notes = new Notes(this.folder.resolve(OWN).resolve("notes"));
    try (Stream<Path> left = Files.list(drafts)) {
      for (Path draft : left.toList()) {
        Files.delete(draft);
      }
    }
  }

  /** Whether a name may be a bucket's. */
  public static boolean isBucketName(String name) {
    return BUCKET.matcher(name).matches() && !name.contains("..");
  }

  @Override
  public List<Entry> buckets(String account) throws IOException {
    Path own = folder.resolve(account);
    if (!ACCOUNT.matcher(account).matches() || !Files.isDirectory(own)) {
      return List.of();
    }
    try (Stream<Path> names = Files.list(own)) {
      var entries = new ArrayList<Entry>();
      for (Path each : names.sorted().toList()) {
        String name = each.getFileName().toString();
        if (isBucketName(name) && Files.isDirectory(each)) {
          entries.add(new Entry(name, Files.getLastModifiedTime(each).toMillis()));
        }
      }
      return entries;
    }
  }

  @Override
  public boolean has(Bucket bucket) {
    return isBucketName(bucket.name()) && Files.isDirectory(place(bucket));
  }

  private Path place(Bucket bucket) {
    return folder.resolve(bucket.account()).resolve(bucket.name());
  }

  private Path own(Bucket bucket) throws NoSuchBucket {
    if (!has(bucket)) {
      throw new NoSuchBucket(bucket);
    }
    return place(bucket);
  }

  @Override
  public boolean create(Bucket bucket) throws IOException {
    if (!isBucketName(bucket.name()) || !ACCOUNT.matcher(bucket.account()).matches()) {
      throw new UnfitKey("not a bucket's name: " + bucket.name());
    }
    if (has(bucket)) {
      return false;
    }
    Files.createDirectories(place(bucket));
    sync(folder.resolve(bucket.account()));
    sync(folder);
    return true;
  }

  @Override
  public boolean remove(Bucket bucket) throws IOException {
    Path own = own(bucket);
    folders.lock();
    try {
      Files.delete(own);
      sync(folder.resolve(bucket.account()));
      return true;
    } catch (DirectoryNotEmptyException e) {
      return false;
    } finally {
      folders.unlock();
    }
  }

  /** A path below a folder, and the folders on the way up to that one, which is left out. */
  private static List<Path> upTo(Path own, Path file) {
    var way = new ArrayList<Path>();
    Path below = own.relativize(file);
    for (int names = below.getNameCount(); names > 0; names--) {
      way.add(own.resolve(below.subpath(0, names)));
    }
    return way;
  }

  /** The file of a key. */
  private Path file(Bucket bucket, String key) throws IOException {
    Path own = own(bucket);
    for (String part : key.split("/", -1)) {
      if (part.isEmpty() || part.equals(".") || part.equals("..") || part.indexOf('\0') >= 0) {
        throw new UnfitKey("The key is not a path, and can't be kept in a folder: " + key);
      }
    }
    Path file;
    try {
      file = own.resolve(key);
    } catch (InvalidPathException e) {
      throw new UnfitKey("The key is not a path of this machine, in its encoding: " + key);
    }
    for (Path at : upTo(own, file)) {
      if (Files.isSymbolicLink(at)) {
        throw new UnfitKey("The key leads through a symbolic link: " + key);
      }
    }
    return file;
  }

  @Override
  public Optional<StoredObject> find(Bucket bucket, String key) throws IOException {
    Path file = file(bucket, key);
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
        ? Optional.of(notes.of(bucket, key, file))
        : Optional.empty();
  }

  @Override
  public InputStream open(Bucket bucket, String key, long from) throws IOException {
    Path file = file(bucket, key);
    if (!Files.isRegularFile(file)) {
      throw new NoSuchFileException(key);
    }
    FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
    return Channels.newInputStream(channel.position(from));
  }

  @Override
  public StoredObject put(Bucket bucket, String key, StoredObject.Kind kind, Content content)
      throws IOException {
    return put(bucket, key, kind, Expected.ANYTHING, content);
  }

  @Override
  public StoredObject put(
      Bucket bucket, String key, StoredObject.Kind kind, Expected expected, Content content)
      throws IOException {
    Path file = file(bucket, key);
    Path draft = drafts.resolve(UUID.randomUUID().toString());
    try {
      String etag = write(draft, content);
      StoredObject stored =
          new StoredObject(
              key, Files.size(draft), Files.getLastModifiedTime(draft).toMillis(), etag, kind);
      folders.lock();
      try {
        require(expected, bucket, key);
        move(draft, file);
        notes.keep(bucket, stored);
      } finally {
        folders.unlock();
      }
      List<Path> way = upTo(place(bucket), file);
      for (Path at : way.subList(1, way.size())) {
        sync(at);
      }
      sync(place(bucket));
      return stored;
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  private void require(Expected expected, Bucket bucket, String key) throws IOException {
    switch (expected) {
      case Expected.Anything _ -> {}
      case Expected.Nothing _ -> {
        if (Files.isRegularFile(file(bucket, key), LinkOption.NOFOLLOW_LINKS)) {
          throw new Unexpected(key, false);
        }
      }
      case Expected.Same same -> {
        StoredObject there = find(bucket, key).orElseThrow(() -> new Unexpected(key, true));
        if (!there.isTagged(same.etag())) {
          throw new Unexpected(key, false);
        }
      }
    }
  }

  private static void move(Path draft, Path file) throws IOException {
    try {
      Files.createDirectories(file.resolveSibling(".").normalize());
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (java.nio.file.FileSystemException e) {
      throw new UnfitKey("The key collides with another, of which one is the other's folder.");
    }
  }

  private static String write(Path draft, Content content) throws IOException {
    MessageDigest digest = Notes.md5();
    try (FileChannel channel =
        FileChannel.open(draft, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      OutputStream out =
          new BufferedOutputStream(
              new DigestOutputStream(Channels.newOutputStream(channel), digest), 1 << 16);
      content.writeTo(out);
      out.flush();
      channel.force(true);
    }
    return '"' + HexFormat.of().formatHex(digest.digest()) + '"';
  }

  private static void sync(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  @Override
  public void delete(Bucket bucket, String key) throws IOException {
    Path file = file(bucket, key);
    folders.lock();
    try {
      if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
        return;
      }
      Files.delete(file);
      notes.forget(bucket, key);
      List<Path> way = upTo(place(bucket), file);
      for (Path at : way.subList(1, way.size())) {
        if (!isEmpty(at)) {
          sync(at);
          break;
        }
        Files.delete(at);
      }
      sync(place(bucket));
    } finally {
      folders.unlock();
    }
  }

  private static boolean isEmpty(Path directory) throws IOException {
    try (Stream<Path> inside = Files.list(directory)) {
      return inside.findAny().isEmpty();
    }
  }

  @Override
  public List<StoredObject> list(Bucket bucket, String prefix, String after, int most)
      throws IOException {
    var found = new ArrayList<StoredObject>();
    collect(bucket, own(bucket), "", prefix, after, most, found);
    return found;
  }

  private void collect(
      Bucket bucket,
      Path directory,
      String above,
      String prefix,
      String after,
      int most,
      List<StoredObject> found)
      throws IOException {
    for (Step step : steps(directory, above)) {
      boolean beyond = Keys.ORDER.compare(step.key(), after) > 0;
      if (found.size() >= most) {
        return;
      } else if (step.folder()) {
        boolean leads = step.key().startsWith(prefix) || prefix.startsWith(step.key());
        if (leads && (beyond || after.startsWith(step.key()))) {
          collect(bucket, step.path(), step.key(), prefix, after, most, found);
        }
      } else if (beyond && step.key().startsWith(prefix)) {
        found.add(notes.of(bucket, step.key(), step.path()));
      }
    }
  }

  /** A file, or a folder, whose key ends in a slash. */
  private record Step(String key, Path path, boolean folder) {}

  private static List<Step> steps(Path directory, String above) throws IOException {
    try (Stream<Path> inside = Files.list(directory)) {
      return inside
          .filter(path -> !Files.isSymbolicLink(path))
          .map(path -> {
            boolean isFolder = Files.isDirectory(path);
            return new Step(above + path.getFileName() + (isFolder ? "/" : ""), path, isFolder);
          })
          .sorted(Comparator.comparing(Step::key, Keys.ORDER))
          .toList();
    } catch (NoSuchFileException e) {
      return List.of(); // pruned meanwhile
    }
  }
}
