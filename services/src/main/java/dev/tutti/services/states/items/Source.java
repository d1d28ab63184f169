package dev.tutti.services.states.items;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.asl.ItemReader;
import dev.tutti.core.json.Json;
import dev.tutti.services.objects.Bucket;
import dev.tutti.services.objects.ObjectStore;
import dev.tutti.services.objects.StoredObject;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where items come from.
 *
 * @param arguments of the S3 operation
 */
record Source(ObjectStore store, Bucket bucket, JsonNode arguments, ItemReader.Config config) {

  /**
   * Fills a page.
   *
   * @param position where the page before ended; empty at the beginning
   * @return where this one ends; empty where there are no more
   */
  String read(String position, Page page) throws IOException {
    return switch (config.format()) {
      case LIST -> config.content() == null ? listed(position, page) : loaded(position, page);
      case JSON, JSONL, CSV, PARQUET -> content(config.format()).read(position, key(), page);
      case MANIFEST ->
          config.content() == null
              ? new Inventory(this).read(position, page)
              : new AthenaManifest(this, config.content()).read(position, page);
    };
  }

  ObjectContent content(ItemReader.Format format) {
    return new ObjectContent(store, bucket, config, format);
  }

  /** An object's content from an offset on. */
  InputStream open(String key, long from) throws IOException {
    if (store.find(bucket, key).isEmpty()) {
      throw new Unreadable("The specified key does not exist: " + key);
    }
    return store.open(bucket, key, from);
  }

  String key() throws Unreadable {
    if (!arguments.path("Key").isTextual()) {
      throw new Unreadable("The ItemReader needs a Key.");
    }
    if (arguments.has("VersionId")) {
      throw new Unreadable("Versions of objects are not kept by this runtime.");
    }
    return arguments.path("Key").asText();
  }

  private String prefix() {
    return arguments.path("Prefix").asText("");
  }

  /** The objects themselves; a position is the key of the last. */
  private String listed(String position, Page page) throws IOException {
    List<StoredObject> found = store.list(bucket, prefix(), position, Page.MOST_ITEMS);
    String last = position;
    for (StoredObject object : found) {
      if (page.isFull()) {
        return last;
      }
      last = object.key();
      page.add(
          Json.object()
              .put("Etag", object.etag())
              .put("Key", object.key())
              .put("LastModified", object.modifiedMillis() / 1000)
              .put("Size", object.size())
              .put("StorageClass", "STANDARD"));
    }
    return found.size() < Page.MOST_ITEMS ? "" : last;
  }

  /**
   * What the objects hold; a position is that in one of them, a line feed and its key, or nothing
   * before the line feed where the object was read to its end.
   */
  private String loaded(String position, Page page) throws IOException {
    int cut = position.indexOf('\n');
    String inside = cut < 0 ? "" : position.substring(0, cut);
    String key = cut < 0 ? "" : position.substring(cut + 1);
    while (true) {
      if (inside.isEmpty()) {
        @Nullable String following = following(key);
        if (following == null) {
          return "";
        }
        key = following;
      }
      ItemReader.Format format = config.content();
      inside = content(format == null ? ItemReader.Format.JSON : format).read(inside, key, page);
      if (page.isFull()) {
        return inside + "\n" + key;
      }
    }
  }

  private @Nullable String following(String key) throws IOException {
    List<StoredObject> found = store.list(bucket, prefix(), key, 1);
    return found.isEmpty() ? null : found.getFirst().key();
  }
}
