package dev.tutti.services.s3;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import dev.tutti.services.Exchange;
import dev.tutti.services.objects.Bucket;
import dev.tutti.services.objects.ObjectStore;
import dev.tutti.services.objects.StoredObject;
import dev.tutti.wire.ServiceError;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/** Operations on single objects. */
final class ObjectOperations {
  /** Largest content that is handed out at once; more is had in ranges. */
  private static final int MOST_BYTES = 256 * 1024 * 1024;

  private static final List<String> CONDITIONS =
      List.of("IfMatch", "IfNoneMatch", "IfModifiedSince", "IfUnmodifiedSince", "CopySource");

  private final ObjectStore store;

  ObjectOperations(ObjectStore store) {
    this.store = store;
  }

  private static String key(Exchange exchange) {
    JsonNode input = exchange.input();
    CONDITIONS.stream()
        .filter(input::has)
        .findFirst()
        .ifPresent(name -> {
          throw Errors.absent(name);
        });
    return input.path("Key").asText();
  }

  JsonNode head(Exchange exchange) {
    if (exchange.input().has("Range")) {
      throw Errors.absent("Range");
    }
    return shown(found(exchange));
  }

  private StoredObject found(Exchange exchange) {
    Bucket bucket = S3Service.bucket(exchange);
    String key = key(exchange);
    return Errors.told(bucket, () -> store.find(bucket, key))
        .orElseThrow(() -> Errors.noSuchKey(key));
  }

  private static ObjectNode shown(StoredObject object) {
    ObjectNode output = Json.object();
    output.put("AcceptRanges", "bytes");
    output.put("ContentLength", object.size());
    if (object.kind().encoding() != null) {
      output.put("ContentEncoding", object.kind().encoding());
    }
    output.put("ContentType", object.kind().type());
    output.put("ETag", object.etag());
    output.put("LastModified", S3Service.seconds(object.modifiedMillis() / 1000 * 1000));
    ObjectNode metadata = output.putObject("Metadata");
    object.kind().metadata().forEach(metadata::put);
    return output;
  }

  JsonNode get(Exchange exchange) {
    StoredObject object = found(exchange);
    Range range = Range.of(exchange.input().path("Range").asText(""), object.size());
    if (range.length() > MOST_BYTES) {
      throw new ServiceError(
          "InvalidRequest", "The object is too large to be read at once; ask for ranges of it.");
    }
    Bucket bucket = S3Service.bucket(exchange);
    byte[] body =
        Errors.told(
            bucket,
            () -> {
              try (InputStream in = store.open(bucket, object.key(), range.from())) {
                return in.readNBytes((int) range.length());
              }
            });
    ObjectNode output = shown(object);
    output.put("ContentLength", body.length);
    if (range.partial()) {
      output.put(
          "ContentRange",
          "bytes %d-%d/%d".formatted(range.from(), range.from() + body.length - 1, object.size()));
    }
    output.put("Body", Base64.getEncoder().encodeToString(body));
    return output;
  }

  JsonNode put(Exchange exchange) {
    JsonNode input = exchange.input();
    Bucket bucket = S3Service.bucket(exchange);
    String key = key(exchange);
    byte[] body = Base64.getDecoder().decode(input.path("Body").asText(""));
    check(input, body);
    Map<String, String> metadata = new HashMap<>();
    input
        .path("Metadata")
        .properties()
        .forEach(each -> metadata.put(each.getKey(), each.getValue().asText()));
    var kind =
        new StoredObject.Kind(
            input.path("ContentType").asText(StoredObject.Kind.PLAIN.type()),
            encoding(input.path("ContentEncoding").asText("")),
            metadata);
    StoredObject stored =
        Errors.told(bucket, () -> store.put(bucket, key, kind, out -> out.write(body)));
    return Json.object().put("ETag", stored.etag());
  }

  /** Without the chunks of the transfer, which aren't the object's. */
  private static @Nullable String encoding(String given) {
    String own =
        String.join(
            ",",
            Arrays.stream(given.split("\\s*,\\s*", -1))
                .filter(part -> !part.equals("aws-chunked"))
                .toList());
    return own.isEmpty() ? null : own;
  }

  private static void check(JsonNode input, byte[] body) {
    if (input.has("ContentMD5")
        && !input
            .path("ContentMD5")
            .asText()
            .equals(Base64.getEncoder().encodeToString(md5(body)))) {
      throw new ServiceError(
          "BadDigest", "The Content-MD5 you specified did not match what we received.");
    }
    if (input.has("ChecksumCRC32")) {
      var crc = new CRC32();
      crc.update(body);
      byte[] bytes = ByteBuffer.allocate(4).putInt((int) crc.getValue()).array();
      if (!input.path("ChecksumCRC32").asText().equals(Base64.getEncoder().encodeToString(bytes))) {
        throw new ServiceError(
            "BadDigest", "The CRC32 you specified did not match the calculated checksum.");
      }
    }
  }

  private static byte[] md5(byte[] body) {
    try {
      return MessageDigest.getInstance("MD5").digest(body);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has MD5", e);
    }
  }

  JsonNode delete(Exchange exchange) {
    Bucket bucket = S3Service.bucket(exchange);
    String key = key(exchange);
    Errors.told(
        bucket,
        () -> {
          store.delete(bucket, key);
          return key;
        });
    return Json.object();
  }

  JsonNode deleteAll(Exchange exchange) {
    Bucket bucket = S3Service.bucket(exchange);
    JsonNode given = exchange.input().path("Delete");
    ArrayNode deleted = Json.array();
    ArrayNode errors = Json.array();
    for (JsonNode each : given.path("Objects")) {
      String key = each.path("Key").asText();
      Errors.told(
          bucket,
          () -> {
            try {
              store.delete(bucket, key);
              deleted.addObject().put("Key", key);
            } catch (ObjectStore.NoSuchBucket e) {
              throw e;
            } catch (IOException e) {
              errors
                  .addObject()
                  .put("Key", key)
                  .put("Code", "InternalError")
                  .put("Message", String.valueOf(e.getMessage()));
            }
            return key;
          });
    }
    ObjectNode output = Json.object();
    if (!deleted.isEmpty() && !given.path("Quiet").asBoolean()) {
      output.set("Deleted", deleted);
    }
    if (!errors.isEmpty()) {
      output.set("Errors", errors);
    }
    return output;
  }
}
