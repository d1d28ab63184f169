package dev.tutti.core.scheduler;

import dev.tutti.core.kernel.Key;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names a group of schedules.
 *
 * @param account the context that owns it, twelve digits
 */
public record GroupArn(String region, String account, String name) {
  /** The group that every account has without creating it. */
  public static final String DEFAULT = "default";

  private static final Pattern FORM =
      Pattern.compile(
          "arn:aws:scheduler:([a-z0-9-]+):([0-9]{12}):schedule-group/([0-9a-zA-Z_.-]+)");

  /** Reads a group's ARN; empty where it is none. */
  public static Optional<GroupArn> parse(String arn) {
    Matcher matcher = FORM.matcher(arn);
    return matcher.matches()
        ? Optional.of(new GroupArn(matcher.group(1), matcher.group(2), matcher.group(3)))
        : Optional.empty();
  }

  static GroupArn of(Key key) {
    return parse(key.id()).orElseThrow(() -> new IllegalArgumentException("no group: " + key));
  }

  boolean isDefault() {
    return name.equals(DEFAULT);
  }

  public String text() {
    return "arn:aws:scheduler:" + region + ':' + account + ":schedule-group/" + name;
  }
}
