package dev.tutti.core.events;

import dev.tutti.core.kernel.Key;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names a bus.
 *
 * @param account the context that owns it, twelve digits
 */
public record BusArn(String region, String account, String name) {
  /** The bus that every account has without creating it. */
  public static final String DEFAULT = "default";

  private static final Pattern BUS =
      Pattern.compile("arn:aws:events:([a-z0-9-]+):([0-9]{12}):event-bus/([/._A-Za-z0-9-]+)");
  private static final Pattern RULE =
      Pattern.compile(
          "arn:aws:events:([a-z0-9-]+):([0-9]{12}):rule/(?:([/._A-Za-z0-9-]+)/)?([._A-Za-z0-9-]+)");

  /** Reads a bus's ARN; empty where it is none. */
  public static Optional<BusArn> parse(String arn) {
    Matcher matcher = BUS.matcher(arn);
    return matcher.matches()
        ? Optional.of(new BusArn(matcher.group(1), matcher.group(2), matcher.group(3)))
        : Optional.empty();
  }

  /** The bus of an aggregate's key. */
  static BusArn of(Key key) {
    return parse(key.id()).orElseThrow(() -> new IllegalArgumentException("not a bus: " + key));
  }

  public boolean isDefault() {
    return name.equals(DEFAULT);
  }

  public String text() {
    return "arn:aws:events:" + region + ':' + account + ":event-bus/" + name;
  }

  /** The ARN of a rule on this bus. */
  public String rule(String rule) {
    String path = isDefault() ? rule : name + '/' + rule;
    return "arn:aws:events:" + region + ':' + account + ":rule/" + path;
  }

  @Override
  public String toString() {
    return text();
  }

  /** A rule and its bus. */
  public record OfRule(BusArn bus, String rule) {
    /** Reads a rule's ARN; empty where it is none. */
    public static Optional<OfRule> parse(String arn) {
      Matcher matcher = RULE.matcher(arn);
      if (!matcher.matches()) {
        return Optional.empty();
      }
      String bus = matcher.group(3) == null ? DEFAULT : matcher.group(3);
      return Optional.of(
          new OfRule(new BusArn(matcher.group(1), matcher.group(2), bus), matcher.group(4)));
    }
  }
}
