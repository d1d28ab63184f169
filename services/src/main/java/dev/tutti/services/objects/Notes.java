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

/**
 * What isn't in an object's file itself: its type, metadata and ETag. A note is only believed where
 * size and time of the file are the note's: a file that was put there by hand, or changed, is an
 * object that nobody said anything of, whose ETag is computed when it is asked for.
 */
final class Notes {
  private final Path folder;

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
    Path note = note(bucket, key);
    if (Files.exists(note)) {
      JsonNode kept = read(note);
      if (kept.path("size").asLong() == size && kept.path("modifiedMillis").asLong() == millis) {
        Map<String, String> metadata = new HashMap<>();
        kept.path("metadata")
            .properties()
            .forEach(each -> metadata.put(each.getKey(), each.getValue().asText()));
        JsonNode encoding = kept.get("encoding");
        return new StoredObject(
            key,
            size,
            millis,
            kept.path("etag").asText(),
            new StoredObject.Kind(
                kept.path("type").asText(), encoding == null ? null : encoding.asText(), metadata));
      }
    }
    StoredObject found = new StoredObject(key, size, millis, etag(file), StoredObject.Kind.PLAIN);
    keep(bucket, found);
    return found;
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
    ObjectNode metadata = note.putObject("metadata");
    stored.kind().metadata().forEach(metadata::put);
    Path place = note(bucket, stored.key());
    Files.createDirectories(place.resolveSibling(".").normalize());
    Path draft = Files.createTempFile(place.resolveSibling(".").normalize(), "note", ".draft");
    Files.write(draft, Json.bytes(note));
    Files.move(draft, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  void forget(Bucket bucket, String key) throws IOException {
    Files.deleteIfExists(note(bucket, key));
  }
}
