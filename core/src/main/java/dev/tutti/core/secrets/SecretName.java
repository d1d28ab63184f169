package dev.tutti.core.secrets;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names a secret. Its ARN has six characters more at the end, which are drawn anew each time that a
 * secret of the name is created.
 *
 * @param account the context that owns it, twelve digits
 */
public record SecretName(String region, String account, String name) {
  private static final Pattern ARN =
      Pattern.compile("arn:aws:secretsmanager:([a-z0-9-]+):([0-9]{12}):secret:(.+)");
  private static final Pattern SUFFIXED = Pattern.compile("(.+)-([A-Za-z0-9]{6})");

  /**
   * A name as an ARN has it.
   *
   * @param suffix the six characters; empty where the ARN lacks them
   */
  public record InArn(SecretName secret, String suffix) {}

  /** Reads an ARN as one without a suffix; empty where it is none. */
  public static Optional<SecretName> parse(String text) {
    Matcher matcher = ARN.matcher(text);
    return matcher.matches()
        ? Optional.of(new SecretName(matcher.group(1), matcher.group(2), matcher.group(3)))
        : Optional.empty();
  }

  /** The same read as a name with a suffix; empty where it doesn't end like that. */
  public Optional<InArn> suffixed() {
    Matcher matcher = SUFFIXED.matcher(name);
    return matcher.matches()
        ? Optional.of(
            new InArn(new SecretName(region, account, matcher.group(1)), matcher.group(2)))
        : Optional.empty();
  }

  /** The ARN without its suffix, by which a secret can be named, too. */
  public String partialArn() {
    return "arn:aws:secretsmanager:" + region + ':' + account + ":secret:" + name;
  }

  public String arn(String suffix) {
    return partialArn() + '-' + suffix;
  }

  @Override
  public String toString() {
    return partialArn();
  }
}
