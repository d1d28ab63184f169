package dev.tutti.core.connections;

import dev.tutti.core.kernel.Ids;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names a connection or an API destination: their ARNs differ by one word.
 *
 * <p>AWS draws the id at the ARN's end; here it follows from the rest, so that a template knows the
 * ARN before anything is created. One that is deleted and made anew has the same ARN.
 *
 * @param account the context that owns it, twelve digits
 */
public record ConnectionArn(Kind kind, String region, String account, String name) {
  private static final Pattern ARN =
      Pattern.compile(
          "arn:aws:events:([a-z0-9-]+):([0-9]{12}):(connection|api-destination)/([._A-Za-z0-9-]+)"
              + "/([A-Za-z0-9-]+)");
  private static final String SECRET = "events!connection/";
  private static final int SUFFIX_DIGITS = 6;

  /** What the ARN names. */
  public enum Kind {
    CONNECTION("connection"),
    DESTINATION("api-destination");

    private final String word;

    Kind(String word) {
      this.word = word;
    }
  }

  public static ConnectionArn connection(String region, String account, String name) {
    return new ConnectionArn(Kind.CONNECTION, region, account, name);
  }

  public static ConnectionArn destination(String region, String account, String name) {
    return new ConnectionArn(Kind.DESTINATION, region, account, name);
  }

  /** Reads an ARN of either kind; empty where it is none, or its id is nobody's. */
  public static Optional<ConnectionArn> parse(String text) {
    Matcher matcher = ARN.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    Kind kind = matcher.group(3).equals(Kind.CONNECTION.word) ? Kind.CONNECTION : Kind.DESTINATION;
    ConnectionArn arn =
        new ConnectionArn(kind, matcher.group(1), matcher.group(2), matcher.group(4));
    return Optional.of(arn).filter(found -> found.text().equals(text));
  }

  /** The name in the ARN of a connection, whether or not its id is anybody's; else the text. */
  public static String nameIn(String text) {
    Matcher matcher = ARN.matcher(text);
    return matcher.matches() ? matcher.group(4) : text;
  }

  public String text() {
    String bare = "arn:aws:events:" + region + ':' + account + ':' + kind.word + '/' + name;
    return bare + '/' + UUID.nameUUIDFromBytes(bare.getBytes(StandardCharsets.UTF_8));
  }

  /** The name under which Secrets Manager has a connection's secret. */
  public String secretName() {
    return SECRET + name + '/' + Ids.uuid(text() + "/secret");
  }

  /** The six characters at the end of that secret's ARN. */
  public String secretSuffix() {
    return Ids.hex(Ids.uuid(text() + "/secret"), SUFFIX_DIGITS);
  }

  /** The ARN of that secret. */
  public String secretText() {
    return "arn:aws:secretsmanager:%s:%s:secret:%s-%s"
        .formatted(region, account, secretName(), secretSuffix());
  }

  /** The connection whose secret has a name; empty where none can have it. */
  public static Optional<ConnectionArn> ofSecret(String region, String account, String secret) {
    int slash = secret.indexOf('/', SECRET.length());
    return secret.startsWith(SECRET) && slash > 0
        ? Optional.of(connection(region, account, secret.substring(SECRET.length(), slash)))
            .filter(found -> found.secretName().equals(secret))
        : Optional.empty();
  }

  @Override
  public String toString() {
    return text();
  }
}
