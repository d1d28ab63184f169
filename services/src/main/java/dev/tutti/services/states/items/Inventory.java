package dev.tutti.services.states.items;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.json.Json;
import dev.tutti.core.json.MalformedJson;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * The objects that an inventory lists (S3 user guide, "Amazon S3 Inventory list"): a manifest names
 * packed files of rows, which lie in the manifest's own bucket. A position is the number of the
 * file and the offset in what it unpacks to.
 */
record Inventory(Source source) {
  private static final int LONGEST_MANIFEST = 8 * 1024 * 1024;

  String read(String position, Page page) throws IOException {
    JsonNode manifest = manifest();
    JsonNode files = manifest.path("files");
    String[] at = position.isEmpty() ? new String[] {"0", "0"} : position.split(":", 2);
    long offset = Long.parseLong(at[1]);
    List<String> schema =
        Arrays.stream(manifest.path("fileSchema").asText().split(",", -1))
            .map(String::trim)
            .toList();
    for (int file = Integer.parseInt(at[0]); file < files.size(); file++) {
      long end = file(files.path(file).path("key").asText(), schema, offset, page);
      if (end >= 0) {
        return file + ":" + end;
      }
      offset = 0;
    }
    return "";
  }

  private JsonNode manifest() throws IOException {
    JsonNode manifest;
    try (InputStream in = source.open(source.key(), 0)) {
      manifest = Json.parse(in.readNBytes(LONGEST_MANIFEST));
    } catch (MalformedJson e) {
      throw new Unreadable("The manifest is not valid JSON: " + e.getMessage());
    }
    String format = manifest.path("fileFormat").asText("");
    if (!format.equals("CSV") || !manifest.path("files").isArray()) {
      throw new Unreadable(
          "The manifest is not that of an inventory in CSV, which alone is read by this runtime.");
    }
    return manifest;
  }

  private long file(String key, List<String> schema, long offset, Page page) throws IOException {
    try (InputStream packed = source.open(key, 0);
        InputStream in = key.endsWith(".gz") ? new GZIPInputStream(packed) : packed) {
      in.skipNBytes(offset);
      return ObjectContent.rows(new Text(in, offset), new CsvRows(schema, ","), page);
    }
  }
}
