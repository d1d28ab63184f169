package dev.tutti.core.scheduler;

import dev.tutti.core.kernel.Key;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names a schedule.
 *
 * @param account the context that owns it, twelve digits
 */
public record ScheduleArn(String region, String account, String group, String name) {
  private static final Pattern FORM =
      Pattern.compile(
          "arn:aws:scheduler:([a-z0-9-]+):([0-9]{12}):schedule/([0-9a-zA-Z_.-]+)/([0-9a-zA-Z_.-]+)");

  /** Reads a schedule's ARN; empty where it is none. */
  public static Optional<ScheduleArn> parse(String arn) {
    Matcher matcher = FORM.matcher(arn);
    return matcher.matches()
        ? Optional.of(
            new ScheduleArn(matcher.group(1), matcher.group(2), matcher.group(3), matcher.group(4)))
        : Optional.empty();
  }

  static ScheduleArn of(Key key) {
    return parse(key.id()).orElseThrow(() -> new IllegalArgumentException("no schedule: " + key));
  }

  public String text() {
    return "arn:aws:scheduler:" + region + ':' + account + ":schedule/" + group + '/' + name;
  }
}
