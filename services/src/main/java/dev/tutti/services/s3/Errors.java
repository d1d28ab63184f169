package dev.tutti.services.s3;

import dev.tutti.core.json.Json;
import dev.tutti.services.objects.Bucket;
import dev.tutti.services.objects.ObjectStore;
import dev.tutti.services.objects.StoredObject;
import dev.tutti.wire.ServiceError;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** S3's errors (API reference, "Error responses"). */
final class Errors {
  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private Errors() {}

  /** Something that reads or writes files. */
  @FunctionalInterface
  interface Work<T> {
    T run() throws IOException;
  }

  /** Does the work on a bucket; what fails becomes an error of S3's. */
  static <T> T told(Bucket bucket, Work<T> work) {
    try {
      return work.run();
    } catch (ObjectStore.NoSuchBucket e) {
      throw new ServiceError(
          "NoSuchBucket",
          "The specified bucket does not exist",
          404,
          Json.object().put("BucketName", bucket.name()));
    } catch (ObjectStore.UnfitKey e) {
      throw new ServiceError("InvalidArgument", String.valueOf(e.getMessage()));
    } catch (ObjectStore.Refused e) {
      throw new ServiceError(e.code(), e.text(), e.status());
    } catch (IOException e) {
      throw new ServiceError(
          "InternalError", "The bucket can't be read or written: " + e.getMessage(), 500);
    }
  }

  static ServiceError noSuchKey(String key) {
    return new ServiceError(
        "NoSuchKey", "The specified key does not exist.", 404, Json.object().put("Key", key));
  }

  /** A condition, by its header's name, that doesn't hold. */
  static ServiceError unmet(String condition) {
    return new ServiceError(
        "PreconditionFailed",
        "At least one of the pre-conditions you specified did not hold",
        412,
        Json.object().put("Condition", condition));
  }

  /** The answer, which has headers alone, that an object is still what its reader has. */
  static ServiceError unchanged(StoredObject object) {
    Instant modified = Instant.ofEpochMilli(object.modifiedMillis());
    return new ServiceError(
        "NotModified",
        "Not Modified",
        304,
        Json.object().put("ETag", object.etag()).put("Last-Modified", HTTP_DATE.format(modified)));
  }

  /** A condition that nothing is stored on. */
  static ServiceError unfitCondition(String header, String why) {
    return new ServiceError(
        "NotImplemented",
        "A header you provided implies functionality that is not implemented",
        501,
        Json.object().put("Header", header).put("additionalMessage", why));
  }

  static ServiceError absent(String what) {
    return new ServiceError(
        "NotImplemented",
        "A header you provided implies functionality that is not implemented: " + what,
        501);
  }
}
