package dev.tutti.services.s3;

import dev.tutti.core.json.Json;
import dev.tutti.services.objects.Bucket;
import dev.tutti.services.objects.ObjectStore;
import dev.tutti.wire.ServiceError;
import java.io.IOException;

/** S3's errors (API reference, "Error responses"). */
final class Errors {
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

  static ServiceError absent(String what) {
    return new ServiceError(
        "NotImplemented",
        "A header you provided implies functionality that is not implemented: " + what,
        501);
  }
}
