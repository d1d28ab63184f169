package dev.tutti.runner.code;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Deployment packages by their digest: {@code zips/<hex>.zip} are kept, {@code unpacked/<hex>/} can
 * be made again from them.
 *
 * <p>To keep one: write it aside, read all of it as a check, force it to disk, rename it, force the
 * folder. To unpack one: into a folder aside, then rename, so that a folder under its name is
 * whole. Unpacked folders are not forced to disk, hence removed when a store is opened, or put
 * aside where that can't be done.
 */
public final class CodeStore {
  private final Path zips;
  private final Path unpacked;
  private final Path aside;
  private final Map<String, Object> locks = new ConcurrentHashMap<>();

  /** Opens the store in a folder that no other program uses, making it where it isn't there. */
  public CodeStore(Path directory) throws IOException {
    Path root = Files.createDirectories(directory).toRealPath();
    this.aside = root.resolve("aside");
    this.unpacked = root.resolve("unpacked");
    var _ = Folders.removeIfPossible(aside);
    Files.createDirectories(aside);
    if (!Folders.removeIfPossible(unpacked)) {
      Files.move(unpacked, fresh(), StandardCopyOption.ATOMIC_MOVE);
    }
    Files.createDirectories(unpacked);
    this.zips = Files.createDirectories(root.resolve("zips"));
    force(root);
  }

  /**
   * Keeps a zip. When this returns, it is on disk.
   *
   * @throws BadPackage where it isn't a zip, leads out of its folder, or is too large; nothing of
   *     it was kept
   */
  public Code put(byte[] zip) throws IOException, BadPackage {
    Path file = fresh();
    try {
      Files.write(file, zip);
      return keep(file);
    } finally {
      Files.deleteIfExists(file);
    }
  }

  /**
   * Keeps what lies at a path: a folder as a zip that depends on its contents only, or a zip or jar
   * as it is.
   *
   * @throws BadPackage as {@link #put}
   */
  public Code putFolder(Path source) throws IOException, BadPackage {
    Path file = fresh();
    try {
      if (Files.isDirectory(source)) {
        FolderZip.write(source, file, Unzip.MAX_UNZIPPED);
      } else {
        Files.copy(source, file);
      }
      return keep(file);
    } finally {
      Files.deleteIfExists(file);
    }
  }

  /** The kept zip's bytes. */
  public byte[] zip(String sha256) throws IOException {
    return Files.readAllBytes(zipOf(hex(sha256)));
  }

  /** Whether a zip of this digest is kept. */
  public boolean contains(String sha256) {
    return Files.exists(zipOf(hex(sha256)));
  }

  /**
   * The folder of a kept zip's files, made at the first call. Others read it too: don't write to
   * it.
   *
   * @throws NoSuchFileException where no zip of this digest is kept
   * @throws IOException also where the zip on disk is no longer what was kept
   */
  public Path unpacked(String sha256) throws IOException {
    String hex = hex(sha256);
    Path folder = unpacked.resolve(hex);
    synchronized (locks.computeIfAbsent(hex, key -> new Object())) {
      if (Files.isDirectory(folder)) {
        return folder;
      }
      Path zip = zipOf(hex);
      if (!hex.equals(digest(zip))) {
        throw new IOException("damaged on disk: " + zip);
      }
      Path made = Files.createDirectory(fresh());
      try {
        Unzip.read(zip, made, Unzip.MAX_UNZIPPED);
        Files.move(made, folder, StandardCopyOption.ATOMIC_MOVE);
      } catch (BadPackage e) {
        throw new IOException("a kept package can't be unpacked: " + zip, e);
      } finally {
        Folders.remove(made);
      }
    }
    return folder;
  }

  /** Removes a package that no function refers to any more; no process may be using it. */
  public void remove(String sha256) throws IOException {
    String hex = hex(sha256);
    synchronized (locks.computeIfAbsent(hex, key -> new Object())) {
      Files.deleteIfExists(zipOf(hex));
      Folders.remove(unpacked.resolve(hex));
    }
  }

  private Code keep(Path file) throws IOException, BadPackage {
    Unzip.read(file, null, Unzip.MAX_UNZIPPED);
    String hex = digest(file);
    long size = Files.size(file);
    force(file);
    Files.move(
        file, zipOf(hex), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    force(zips);
    return new Code(Base64.getEncoder().encodeToString(HexFormat.of().parseHex(hex)), size);
  }

  private Path fresh() {
    return aside.resolve(UUID.randomUUID().toString());
  }

  private Path zipOf(String hex) {
    return zips.resolve(hex + ".zip");
  }

  private static String hex(String sha256) {
    byte[] digest = Base64.getDecoder().decode(sha256);
    if (digest.length != 32) {
      throw new IllegalArgumentException("not a SHA-256 in base64: " + sha256);
    }
    return HexFormat.of().formatHex(digest);
  }

  private static void force(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static String digest(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] buffer = new byte[64 * 1024];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        digest.update(ByteBuffer.wrap(buffer, 0, n));
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
