package dev.tutti.wire.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.json.Json;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Epoch seconds, as calls have them, from and to what protocols write. */
final class Timestamps {
  static final String ISO8601 = "iso8601";
  static final String RFC822 = "rfc822";

  private static final DateTimeFormatter HTTP =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private Timestamps() {}

  /** From a JSON value; a null format is epoch seconds. */
  static JsonNode read(@Nullable String format, JsonNode value) {
    if (value.isNumber()) {
      return value;
    }
    if (format != null && value.isTextual() && isText(format)) {
      return read(format, value.textValue());
    }
    throw JsonInput.wrong(
        (value.isTextual() ? "STRING_VALUE" : "VALUE")
            + " can not be converted to milliseconds since epoch");
  }

  /** From text, as in a header or a query. */
  static JsonNode read(String format, String text) {
    try {
      Instant instant =
          RFC822.equals(format)
              ? ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant()
              : ISO8601.equals(format)
                  ? OffsetDateTime.parse(text).toInstant()
                  : ofSeconds(new BigDecimal(text));
      return Json.object().numberNode(seconds(instant));
    } catch (DateTimeException | NumberFormatException | ArithmeticException e) {
      throw JsonInput.wrong("Timestamp is not well-formed: " + text);
    }
  }

  /** Whether a format is a text rather than a number. */
  static boolean isText(String format) {
    return format.equals(ISO8601) || format.equals(RFC822);
  }

  /** Writes epoch seconds as text of a format. */
  static String write(String format, BigDecimal epochSeconds) {
    return switch (format) {
      case ISO8601 -> DateTimeFormatter.ISO_INSTANT.format(ofSeconds(epochSeconds));
      case RFC822 -> HTTP.format(ofSeconds(epochSeconds));
      default -> epochSeconds.stripTrailingZeros().toPlainString();
    };
  }

  private static Instant ofSeconds(BigDecimal seconds) {
    BigDecimal whole = seconds.setScale(0, RoundingMode.FLOOR);
    return Instant.ofEpochSecond(
        whole.longValueExact(), seconds.subtract(whole).movePointRight(9).longValue());
  }

  private static BigDecimal seconds(Instant instant) {
    BigDecimal whole = BigDecimal.valueOf(instant.getEpochSecond());
    return instant.getNano() == 0 ? whole : whole.add(BigDecimal.valueOf(instant.getNano(), 9));
  }
}
