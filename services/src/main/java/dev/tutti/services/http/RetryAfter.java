package dev.tutti.services.http;

import java.time.DateTimeException;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.OptionalLong;

/** How long somebody asks to be left alone (RFC 9110, 10.2.3). */
public final class RetryAfter {
  /** Under which a service's error tells it, in seconds; Lambda's error has the same. */
  public static final String MEMBER = "retryAfterSeconds";

  private RetryAfter() {}

  /** Seconds from now; empty where the answer doesn't say, or can't be understood. */
  public static OptionalLong seconds(Web.Answer.Received answer, long nowMillis) {
    String text = answer.header("retry-after").map(String::strip).orElse("");
    if (text.matches("-?[0-9]{1,9}")) {
      return OptionalLong.of(Long.parseLong(text));
    }
    if (text.isEmpty()) {
      return OptionalLong.empty();
    }
    try {
      long at = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toEpochSecond();
      return OptionalLong.of(Math.max(0, at - nowMillis / 1000));
    } catch (DateTimeException _) {
      return OptionalLong.empty();
    }
  }
}
