package dev.tutti.services.s3;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import dev.tutti.services.Exchange;
import dev.tutti.services.objects.Bucket;
import dev.tutti.services.objects.Expected;
import dev.tutti.services.objects.Header;
import dev.tutti.services.objects.ObjectStore;
import dev.tutti.services.objects.StoredObject;
import dev.tutti.wire.ServiceError;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Operations on single objects. */
final class ObjectOperations {
  /** Largest content that is handed out at once; more is had in ranges. */
  private static final int MOST_BYTES = 256 * 1024 * 1024;

  /** What a reader may have said otherwise than it was stored. */
  private static final List<String> OVERRIDDEN =
      List.of(
          "CacheControl",
          "ContentDisposition",
          "ContentEncoding",
          "ContentLanguage",
          "ContentType",
          "Expires");

  private final ObjectStore store;

  ObjectOperations(ObjectStore store) {
    this.store = store;
  }

  private static String key(Exchange exchange) {
    Absent.refuse(exchange.input());
    return exchange.input().path("Key").asText();
  }

  JsonNode head(Exchange exchange) {
    JsonNode input = exchange.input();
    if (input.has("Range")) {
      throw Errors.absent("Range");
    }
    StoredObject object = found(exchange);
    Conditions.of(input).check(object);
    return shown(object, input);
  }

  private StoredObject found(Exchange exchange) {
    Bucket bucket = S3Service.bucket(exchange);
    String key = key(exchange);
    return Errors.told(bucket, () -> store.find(bucket, key))
        .orElseThrow(() -> Errors.noSuchKey(key));
  }

  private static ObjectNode shown(StoredObject object, JsonNode input) {
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
    object.kind().headers().forEach((header, text) -> output.put(header.member(), text));
    for (String member : OVERRIDDEN) {
      if (input.has("Response" + member)) {
        output.set(member, input.path("Response" + member));
      }
    }
    return output;
  }

  /** What is read under an ETag is compared with it once more, since it may just have changed. */
  JsonNode get(Exchange exchange) {
    JsonNode input = exchange.input();
    Conditions conditions = Conditions.of(input);
    StoredObject object = found(exchange);
    conditions.check(object);
    Range range = Range.of(input.path("Range").asText(""), object.size());
    byte[] body = read(S3Service.bucket(exchange), object.key(), range);
    if (conditions.match() != null) {
      conditions.check(found(exchange));
    }
    ObjectNode output = shown(object, input);
    output.put("ContentLength", body.length);
    if (range.partial()) {
      output.put(
          "ContentRange",
          "bytes %d-%d/%d".formatted(range.from(), range.from() + body.length - 1, object.size()));
    }
    output.put("Body", Base64.getEncoder().encodeToString(body));
    return output;
  }

  private byte[] read(Bucket bucket, String key, Range range) {
    if (range.length() > MOST_BYTES) {
      throw new ServiceError(
          "InvalidRequest", "The object is too large to be read at once; ask for ranges of it.");
    }
    return Errors.told(
        bucket,
        () -> {
          try (InputStream in = store.open(bucket, key, range.from())) {
            return in.readNBytes((int) range.length());
          }
        });
  }

  JsonNode put(Exchange exchange) {
    JsonNode input = exchange.input();
    Bucket bucket = S3Service.bucket(exchange);
    String key = key(exchange);
    Expected expected = Conditions.beforeWriting(input);
    byte[] body = Base64.getDecoder().decode(input.path("Body").asText(""));
    ContentChecksum.check(input, body);
    StoredObject stored =
        Errors.told(
            bucket,
            () -> {
              try {
                return store.put(bucket, key, kind(input), expected, out -> out.write(body));
              } catch (ObjectStore.Unexpected e) {
                throw e.isMissing()
                    ? Errors.noSuchKey(key)
                    : Errors.unmet(input.has("IfMatch") ? "If-Match" : "If-None-Match");
              }
            });
    return Json.object().put("ETag", stored.etag());
  }

  private static StoredObject.Kind kind(JsonNode input) {
    Map<String, String> metadata = new HashMap<>();
    input
        .path("Metadata")
        .properties()
        .forEach(each -> metadata.put(each.getKey(), each.getValue().asText()));
    return new StoredObject.Kind(
        input.path("ContentType").asText(StoredObject.Kind.PLAIN.type()),
        encoding(input.path("ContentEncoding").asText("")),
        Header.told(header -> input.path(header.member()).asText("")),
        metadata);
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

  JsonNode delete(Exchange exchange) {
    if (exchange.input().has("IfMatch")) {
      throw Errors.absent("IfMatch");
    }
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
