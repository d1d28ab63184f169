package dev.tutti.services.objects;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import dev.tutti.core.json.MalformedJson;
import dev.tutti.core.kernel.Ids;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What isn't in an object's file itself: its type, headers, metadata and ETag. A note is only
 * believed where size and time of the file are the note's: a file that was put there by hand, or
 * changed, is an object that nobody said anything of, whose ETag is computed when it is asked for.
 */
final class Notes {
  private final Path folder;

  /** Held while a note is written, so that what a file shows never replaces what was said. */
  private final ReentrantLock writing = new ReentrantLock();

  Notes(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder);
  }

  static MessageDigest md5() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has MD5", e);
    }
  }

  private Path note(Bucket bucket, String key) {
    String name = Ids.hex(bucket.account() + "/" + bucket.name() + "/" + key, 40);
    return folder.resolve(name.substring(0, 2)).resolve(name + ".json");
  }

  StoredObject of(Bucket bucket, String key, Path file) throws IOException {
    long size = Files.size(file);
    long millis = Files.getLastModifiedTime(file).toMillis();
    StoredObject noted = noted(bucket, key, size, millis);
    if (noted != null) {
      return noted;
    }
    StoredObject found = new StoredObject(key, size, millis, etag(file), StoredObject.Kind.PLAIN);
    writing.lock();
    try {
      StoredObject meanwhile = noted(bucket, key, size, millis);
      if (meanwhile != null) {
        return meanwhile;
      }
      if (Files.size(file) == size && Files.getLastModifiedTime(file).toMillis() == millis) {
        keep(bucket, found);
      }
      return found;
    } finally {
      writing.unlock();
    }
  }

  /** What the note says, or null where there is none, or not of a file of this size and time. */
  private @Nullable StoredObject noted(Bucket bucket, String key, long size, long millis)
      throws IOException {
    Path note = note(bucket, key);
    if (!Files.exists(note)) {
      return null;
    }
    JsonNode kept = read(note);
    if (kept.path("size").asLong() != size || kept.path("modifiedMillis").asLong() != millis) {
      return null;
    }
    return new StoredObject(key, size, millis, kept.path("etag").asText(), kind(kept));
  }

  /** What was said of the object; notes of former versions have no headers. */
  private static StoredObject.Kind kind(JsonNode kept) {
    Map<String, String> metadata = new HashMap<>();
    kept.path("metadata")
        .properties()
        .forEach(each -> metadata.put(each.getKey(), each.getValue().asText()));
    JsonNode encoding = kept.get("encoding");
    JsonNode headers = kept.path("headers");
    return new StoredObject.Kind(
        kept.path("type").asText(),
        encoding == null ? null : encoding.asText(),
        Header.told(header -> headers.path(header.wireName()).asText("")),
        metadata);
  }

  private static JsonNode read(Path note) throws IOException {
    try {
      return Json.parse(Files.readAllBytes(note));
    } catch (MalformedJson e) {
      return Json.object(); // broken off by a crash: as good as none
    }
  }

  private static String etag(Path file) throws IOException {
    MessageDigest digest = md5();
    try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    return '"' + HexFormat.of().formatHex(digest.digest()) + '"';
  }

  void keep(Bucket bucket, StoredObject stored) throws IOException {
    ObjectNode note = Json.object();
    note.put("size", stored.size());
    note.put("modifiedMillis", stored.modifiedMillis());
    note.put("etag", stored.etag());
    note.put("type", stored.kind().type());
    if (stored.kind().encoding() != null) {
      note.put("encoding", stored.kind().encoding());
    }
    ObjectNode headers = note.putObject("headers");
    stored.kind().headers().forEach((header, text) -> headers.put(header.wireName(), text));
    ObjectNode metadata = note.putObject("metadata");
    stored.kind().metadata().forEach(metadata::put);
    writing.lock();
    try {
      replace(note(bucket, stored.key()), note);
    } finally {
      writing.unlock();
    }
  }

  private static void replace(Path place, ObjectNode note) throws IOException {
    Path directory = place.resolveSibling(".").normalize();
    Files.createDirectories(directory);
    Path draft = Files.createTempFile(directory, "note", ".draft");
    Files.write(draft, Json.bytes(note));
    Files.move(draft, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  void forget(Bucket bucket, String key) throws IOException {
    Files.deleteIfExists(note(bucket, key));
  }
}
