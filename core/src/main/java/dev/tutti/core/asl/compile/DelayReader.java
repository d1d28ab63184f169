package dev.tutti.core.asl.compile;

import dev.tutti.core.asl.Delay;
import dev.tutti.core.asl.data.Amount;
import dev.tutti.core.asl.data.Jsonata;
import dev.tutti.core.asl.data.Path;
import dev.tutti.core.asl.data.Timestamps;
import java.time.Instant;

/** Reads how long a Wait state waits. */
final class DelayReader {
  private static final long LONGEST_SECONDS = 99_999_999;
  private static final Delay NONE = new Delay.ForSeconds(0);

  private DelayReader() {}

  static Delay read(Fields fields) {
    if (!fields.exactlyOne("SecondsPath", "Seconds", "TimestampPath", "Timestamp")) {
      return NONE;
    }
    if (fields.jsonata() && fields.has("Seconds")) {
      Amount seconds = DataFields.amount(fields, "Seconds", 0, LONGEST_SECONDS);
      return seconds == null ? NONE : new Delay.QueriedSeconds(seconds);
    }
    if (fields.has("Seconds")) {
      Long seconds = fields.whole("Seconds", 0, LONGEST_SECONDS);
      return seconds == null ? NONE : new Delay.ForSeconds(seconds);
    }
    if (fields.has("Timestamp")) {
      return timestamp(fields);
    }
    if (fields.has("SecondsPath")) {
      Path path = DataFields.single(fields, "SecondsPath");
      return path == null ? NONE : new Delay.ForSecondsAt(path);
    }
    Path path = DataFields.single(fields, "TimestampPath");
    return path == null ? NONE : new Delay.UntilAt(path);
  }

  private static Delay timestamp(Fields fields) {
    String text = fields.text("Timestamp");
    if (text == null) {
      return NONE;
    }
    if (fields.jsonata() && Jsonata.marked(text)) {
      Jsonata expression = DataFields.query(fields, "Timestamp");
      return expression == null ? NONE : new Delay.QueriedTime(expression);
    }
    Instant time = Timestamps.parse(text);
    if (time == null) {
      fields.findings().schema("String does not match RFC3339 timestamp", fields.at("Timestamp"));
      return NONE;
    }
    return new Delay.Until(time);
  }
}
