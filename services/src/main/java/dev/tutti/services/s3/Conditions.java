package dev.tutti.services.s3;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.services.objects.Expected;
import dev.tutti.services.objects.StoredObject;
import dev.tutti.wire.ServiceError;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What has to hold for an object to be read (RFC 9110, section 13.2.2; API reference, "GetObject"):
 * where an ETag is asked for, the time beside it isn't. Times are compared by the second; what is
 * no time is as good as absent.
 *
 * @param match ETags of which it has one, or an asterisk
 * @param noneMatch ETags of which it has none, or an asterisk
 */
record Conditions(
    @Nullable String match,
    @Nullable String noneMatch,
    @Nullable Instant modifiedSince,
    @Nullable Instant unmodifiedSince) {
  private static final String ANY = "*";

  static Conditions of(JsonNode input) {
    return new Conditions(
        text(input, "IfMatch"),
        text(input, "IfNoneMatch"),
        time(text(input, "IfModifiedSince")),
        time(text(input, "IfUnmodifiedSince")));
  }

  private static @Nullable String text(JsonNode input, String member) {
    JsonNode given = input.get(member);
    return given == null ? null : given.asText();
  }

  /** A header's time, or a Task's. */
  private static @Nullable Instant time(@Nullable String text) {
    if (text == null) {
      return null;
    }
    try {
      return text.contains(",")
          ? ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant()
          : OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      return null;
    }
  }

  /**
   * Holds an object against them.
   *
   * @throws ServiceError PreconditionFailed or NotModified
   */
  void check(StoredObject object) {
    Instant modified =
        Instant.ofEpochMilli(object.modifiedMillis()).truncatedTo(ChronoUnit.SECONDS);
    if (match != null) {
      if (!names(match, object)) {
        throw Errors.unmet("If-Match");
      }
    } else if (unmodifiedSince != null && modified.isAfter(unmodifiedSince)) {
      throw Errors.unmet("If-Unmodified-Since");
    }
    if (noneMatch != null) {
      if (names(noneMatch, object)) {
        throw Errors.unchanged(object);
      }
    } else if (modifiedSince != null && !modified.isAfter(modifiedSince)) {
      throw Errors.unchanged(object);
    }
  }

  private static boolean names(String etags, StoredObject object) {
    return etags.strip().equals(ANY)
        || Arrays.stream(etags.split(",", -1)).map(String::strip).anyMatch(object::isTagged);
  }

  /**
   * What has to be there for an object to be stored (API reference, "PutObject").
   *
   * @throws ServiceError NotImplemented for all that S3 doesn't take there either
   */
  static Expected beforeWriting(JsonNode input) {
    String match = text(input, "IfMatch");
    String noneMatch = text(input, "IfNoneMatch");
    if (match != null && noneMatch != null) {
      throw Errors.unfitCondition(
          "If-Match,If-None-Match", "Multiple conditional request headers present in the request");
    }
    if (noneMatch != null) {
      if (!noneMatch.strip().equals(ANY)) {
        throw notTaken("If-None-Match");
      }
      return Expected.NOTHING;
    }
    if (match == null) {
      return Expected.ANYTHING;
    }
    if (match.strip().equals(ANY)) {
      throw notTaken("If-Match");
    }
    return new Expected.Same(match.strip());
  }

  private static ServiceError notTaken(String header) {
    return Errors.unfitCondition(
        header, "We don't accept the provided value of " + header + " header for this API");
  }
}
