package dev.tutti.services.states.items;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.asl.ItemReader;
import dev.tutti.core.json.Json;
import dev.tutti.core.json.MalformedJson;
import dev.tutti.services.objects.Bucket;
import dev.tutti.services.objects.ObjectStore;
import dev.tutti.services.objects.StoredObject;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * The items that one object holds. A position is an offset in bytes, a space, and the object's
 * ETag: an object that has changed meanwhile can't be read on. An object whose key ends in .gz is
 * read as what it unpacks to, in which offsets count then.
 */
record ObjectContent(
    ObjectStore store, Bucket bucket, ItemReader.Config config, ItemReader.Format format) {

  /** Fills a page; as {@link Source#read}. */
  String read(String position, String key, Page page) throws IOException {
    StoredObject object =
        store
            .find(bucket, key)
            .orElseThrow(() -> new Unreadable("The specified key does not exist: " + key));
    long offset = offset(position, object);
    long end = read(offset, object, page);
    return end < 0 ? "" : end + " " + object.etag();
  }

  private InputStream open(String key, long offset) throws IOException {
    if (key.endsWith(".zst") || key.endsWith(".zstd")) {
      throw new Unreadable(
          "The object " + key + " is packed with Zstandard, which is not read by this runtime.");
    }
    if (!key.endsWith(".gz")) {
      return store.open(bucket, key, offset);
    }
    InputStream packed = store.open(bucket, key, 0);
    try {
      InputStream in = new GZIPInputStream(packed);
      in.skipNBytes(offset);
      return in;
    } catch (IOException e) {
      packed.close();
      throw e;
    }
  }

  private static long offset(String position, StoredObject object) throws Unreadable {
    if (position.isEmpty()) {
      return 0;
    }
    String[] parts = position.split(" ", 2);
    if (!parts[1].equals(object.etag())) {
      throw new Unreadable("The object " + object.key() + " was changed while it was read.");
    }
    return Long.parseLong(parts[0]);
  }

  private long read(long offset, StoredObject object, Page page) throws IOException {
    if (format == ItemReader.Format.CSV) {
      return rows(offset, object, page);
    }
    try (InputStream in = open(object.key(), offset)) {
      return switch (format) {
        case JSON -> JsonArray.read(in, offset, config.pointer(), page);
        case JSONL -> lines(new Text(in, offset), page);
        case CSV, LIST, MANIFEST, PARQUET ->
            throw new Unreadable("The InputType " + format + " is not read by this runtime.");
      };
    }
  }

  private static long lines(Text text, Page page) throws IOException {
    while (!text.atEnd()) {
      if (page.isFull()) {
        return text.offset();
      }
      String line = text.line();
      if (!line.isBlank()) {
        page.add(parsed(line));
      }
    }
    return -1;
  }

  private static JsonNode parsed(String line) throws Unreadable {
    try {
      return Json.parse(line);
    } catch (MalformedJson e) {
      throw new Unreadable("A line of the object is not valid JSON: " + e.getMessage());
    }
  }

  private long rows(long offset, StoredObject object, Page page) throws IOException {
    byte delimiter = (byte) config.delimiter().charAt(0);
    List<String> headers = config.headers();
    long start = offset;
    if (headers == null) {
      try (InputStream in = open(object.key(), 0)) {
        var text = new Text(in, 0);
        headers = CsvRows.fields(text, delimiter);
        start = Math.max(offset, text.offset());
      }
    }
    var rows = new CsvRows(headers, config.delimiter());
    try (InputStream in = open(object.key(), start)) {
      return rows(new Text(in, start), rows, page);
    }
  }

  static long rows(Text text, CsvRows rows, Page page) throws IOException {
    CsvRows.skipEmptyLines(text);
    while (!text.atEnd()) {
      if (page.isFull()) {
        return text.offset();
      }
      page.add(rows.item(text));
      CsvRows.skipEmptyLines(text);
    }
    return -1;
  }
}
