package dev.tutti.services.s3;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import dev.tutti.services.Exchange;
import dev.tutti.services.objects.Bucket;
import dev.tutti.services.objects.Keys;
import dev.tutti.services.objects.ObjectStore;
import dev.tutti.services.objects.StoredObject;
import dev.tutti.wire.ServiceError;
import dev.tutti.wire.message.Percent;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/**
 * ListObjects and ListObjectsV2: keys in order, those with a part in common rolled up on demand.
 */
final class Listing {
  private static final int MOST = 1_000;

  private final ObjectStore store;

  Listing(ObjectStore store) {
    this.store = store;
  }

  JsonNode second(Exchange exchange) {
    JsonNode input = exchange.input();
    String start = input.path("StartAfter").asText("");
    String token = input.path("ContinuationToken").asText("");
    Page page = page(exchange, token.isEmpty() ? start : key(token));
    ObjectNode output = page.output;
    output.put("KeyCount", page.count);
    if (!token.isEmpty()) {
      output.put("ContinuationToken", token);
    }
    if (!start.isEmpty()) {
      output.put("StartAfter", page.written(start));
    }
    if (page.more) {
      output.put(
          "NextContinuationToken",
          Base64.getUrlEncoder().encodeToString(page.last.getBytes(StandardCharsets.UTF_8)));
    }
    return output;
  }

  private static String key(String token) {
    try {
      return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new ServiceError("InvalidArgument", "The continuation token provided is incorrect");
    }
  }

  JsonNode first(Exchange exchange) {
    String marker = exchange.input().path("Marker").asText("");
    Page page = page(exchange, marker);
    page.output.put("Marker", page.written(marker));
    if (page.more) {
      page.output.put("NextMarker", page.written(page.last));
    }
    return page.output;
  }

  private Page page(Exchange exchange, String after) {
    JsonNode input = exchange.input();
    Bucket bucket = S3Service.bucket(exchange);
    int wanted = input.path("MaxKeys").asInt(MOST);
    if (wanted < 0) {
      throw new ServiceError(
          "InvalidArgument", "Argument maxKeys must be an integer between 0 and 2147483647");
    }
    Page page =
        new Page(
            input.path("Prefix").asText(""),
            input.path("Delimiter").asText(""),
            input.has("EncodingType"),
            Math.min(wanted, MOST));
    return Errors.told(
        bucket,
        () -> {
          String at = after;
          while (true) {
            List<StoredObject> found = store.list(bucket, page.prefix, at, MOST);
            for (StoredObject object : found) {
              if (Keys.ORDER.compare(object.key(), page.skip) > 0 && !page.take(object)) {
                return page.closed(bucket, wanted);
              }
            }
            if (found.size() < MOST) {
              return page.closed(bucket, wanted);
            }
            at = found.getLast().key();
          }
        });
  }

  /** A page that is being filled. */
  private static final class Page {
    private final ObjectNode output = Json.object();
    private final ArrayNode contents = Json.array();
    private final ArrayNode prefixes = Json.array();
    private final String prefix;
    private final String delimiter;
    private final boolean encoded;
    private final int size;
    private int count;
    private boolean more;
    private String last = "";

    /** Keys up to this one are rolled up in a prefix that is already there. */
    private String skip = "";

    Page(String prefix, String delimiter, boolean encoded, int size) {
      this.prefix = prefix;
      this.delimiter = delimiter;
      this.encoded = encoded;
      this.size = size;
    }

    /** Adds an object; false where it doesn't fit any more. */
    boolean take(StoredObject object) {
      String key = object.key();
      int cut = delimiter.isEmpty() ? -1 : key.indexOf(delimiter, prefix.length());
      if (count == size) {
        more = size > 0;
        return false;
      }
      count++;
      if (cut >= 0) {
        String common = key.substring(0, cut + delimiter.length());
        prefixes.addObject().put("Prefix", written(common));
        last = common + Character.toString(Character.MAX_CODE_POINT);
        skip = last;
      } else {
        last = key;
        contents
            .addObject()
            .put("Key", written(key))
            .put("LastModified", S3Service.seconds(object.modifiedMillis()))
            .put("ETag", object.etag())
            .put("Size", object.size())
            .put("StorageClass", "STANDARD");
      }
      return true;
    }

    String written(String key) {
      return encoded ? Percent.encode(key).replace("%2F", "/") : key;
    }

    Page closed(Bucket bucket, int wanted) {
      output.put("IsTruncated", more);
      if (!contents.isEmpty()) {
        output.set("Contents", contents);
      }
      output.put("Name", bucket.name());
      output.put("Prefix", written(prefix));
      if (!delimiter.isEmpty()) {
        output.put("Delimiter", written(delimiter));
      }
      output.put("MaxKeys", Math.min(wanted, MOST));
      if (!prefixes.isEmpty()) {
        output.set("CommonPrefixes", prefixes);
      }
      if (encoded) {
        output.put("EncodingType", "url");
      }
      return this;
    }
  }
}
