package dev.tutti.services.s3;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/** What S3 does with single objects and isn't done here: who asks for it is told so. */
final class Absent {
  private static final List<String> MEMBERS =
      List.of(
          "CopySource",
          "GrantFullControl",
          "GrantRead",
          "GrantReadACP",
          "GrantWriteACP",
          "ServerSideEncryption",
          "SSEKMSKeyId",
          "SSEKMSEncryptionContext",
          "BucketKeyEnabled",
          "SSECustomerAlgorithm",
          "SSECustomerKey",
          "SSECustomerKeyMD5",
          "Tagging",
          "WebsiteRedirectLocation",
          "WriteOffsetBytes",
          "ObjectLockMode",
          "ObjectLockRetainUntilDate",
          "ObjectLockLegalHoldStatus");

  /** Members that may say what holds anyway. */
  private static final Map<String, String> ONLY =
      Map.of("ACL", "private", "StorageClass", "STANDARD");

  private Absent() {}

  /**
   * Checks an input.
   *
   * @throws dev.tutti.wire.ServiceError NotImplemented, which names the first of them
   */
  static void refuse(JsonNode input) {
    for (String member : MEMBERS) {
      if (input.has(member)) {
        throw Errors.absent(member);
      }
    }
    ONLY.forEach((member, value) -> {
      if (!input.path(member).asText(value).equals(value)) {
        throw Errors.absent(member);
      }
    });
  }
}
