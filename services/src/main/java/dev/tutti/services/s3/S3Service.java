package dev.tutti.services.s3;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import dev.tutti.services.Exchange;
import dev.tutti.services.Operation;
import dev.tutti.services.Service;
import dev.tutti.services.objects.Bucket;
import dev.tutti.services.objects.FolderStore;
import dev.tutti.services.objects.ObjectStore;
import dev.tutti.wire.ServiceError;
import java.math.BigDecimal;
import java.util.Map;

/**
 * The part of S3 that state machines and their functions need to hand over files: buckets are a
 * context's own, addressed by path. Absent: versions, copies, uploads in parts, access by others.
 */
public final class S3Service implements Service {
  private final ObjectStore store;
  private final ObjectOperations objects;
  private final Listing listing;

  public S3Service(ObjectStore store) {
    this.store = store;
    this.objects = new ObjectOperations(store);
    this.listing = new Listing(store);
  }

  @Override
  public String name() {
    return "s3";
  }

  @Override
  public Map<String, Operation> operations() {
    return Map.ofEntries(
        Map.entry("ListBuckets", this::list),
        Map.entry("CreateBucket", this::create),
        Map.entry("HeadBucket", this::head),
        Map.entry("DeleteBucket", this::delete),
        Map.entry("ListObjects", listing::first),
        Map.entry("ListObjectsV2", listing::second),
        Map.entry("GetObject", objects::get),
        Map.entry("HeadObject", objects::head),
        Map.entry("PutObject", objects::put),
        Map.entry("DeleteObject", objects::delete),
        Map.entry("DeleteObjects", objects::deleteAll));
  }

  /** The bucket that a call names, which is one of its context. */
  static Bucket bucket(Exchange exchange) {
    return new Bucket(exchange.context(), exchange.input().path("Bucket").asText());
  }

  static BigDecimal seconds(long millis) {
    return BigDecimal.valueOf(millis, 3);
  }

  private JsonNode list(Exchange exchange) {
    ObjectNode output = Json.object();
    ArrayNode buckets = output.putArray("Buckets");
    Errors.told(new Bucket(exchange.context(), ""), () -> store.buckets(exchange.context()))
        .forEach(entry ->
            buckets
                .addObject()
                .put("Name", entry.name())
                .put("CreationDate", seconds(entry.createdMillis())));
    output.putObject("Owner").put("ID", exchange.context());
    return output;
  }

  private JsonNode create(Exchange exchange) {
    Bucket bucket = bucket(exchange);
    if (!FolderStore.isBucketName(bucket.name())) {
      throw new ServiceError(
          "InvalidBucketName",
          "The specified bucket is not valid.",
          400,
          Json.object().put("BucketName", bucket.name()));
    }
    boolean made = Errors.told(bucket, () -> store.create(bucket));
    if (!made && !exchange.region().equals("us-east-1")) {
      throw new ServiceError(
          "BucketAlreadyOwnedByYou",
          "Your previous request to create the named bucket succeeded and you already own it.",
          409,
          Json.object().put("BucketName", bucket.name()));
    }
    return Json.object().put("Location", "/" + bucket.name());
  }

  private JsonNode head(Exchange exchange) {
    Bucket bucket = bucket(exchange);
    if (!Errors.told(bucket, () -> store.has(bucket))) {
      throw new ServiceError("NoSuchBucket", "The specified bucket does not exist", 404);
    }
    return Json.object().put("BucketRegion", exchange.region());
  }

  private JsonNode delete(Exchange exchange) {
    Bucket bucket = bucket(exchange);
    boolean removed = Errors.told(bucket, () -> store.remove(bucket));
    if (!removed) {
      throw new ServiceError(
          "BucketNotEmpty",
          "The bucket you tried to delete is not empty",
          409,
          Json.object().put("BucketName", bucket.name()));
    }
    return Json.object();
  }
}
