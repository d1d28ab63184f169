package dev.tutti.services.objects;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An object without its content.
 *
 * @param size in bytes
 * @param modifiedMillis epoch milliseconds
 * @param etag the MD5 of the content in hex, in quotation marks
 * @param kind what was said of it when it was stored
 */
public record StoredObject(String key, long size, long modifiedMillis, String etag, Kind kind) {

  /** What a client says of an object. */
  public record Kind(
      String type,
      @Nullable String encoding,
      Map<Header, String> headers,
      Map<String, String> metadata) {
    /** Of what nobody said anything. */
    public static final Kind PLAIN = new Kind("binary/octet-stream", null, Map.of());

    public Kind {
      headers = Map.copyOf(headers);
      metadata = Map.copyOf(metadata);
    }

    /** As the longer one, without headers. */
    public Kind(String type, @Nullable String encoding, Map<String, String> metadata) {
      this(type, encoding, Map.of(), metadata);
    }
  }

  /** An ETag in quotation marks, whether it has them already or not. */
  static String quoted(String etag) {
    return etag.startsWith("\"") ? etag : '"' + etag + '"';
  }

  /** Whether an ETag, in quotation marks or without, is this object's. */
  public boolean isTagged(String other) {
    return quoted(etag).equals(quoted(other));
  }
}
