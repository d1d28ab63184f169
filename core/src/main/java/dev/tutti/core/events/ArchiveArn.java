package dev.tutti.core.events;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names an archive or a replay: their ARNs differ by one word.
 *
 * @param account the context that owns it, twelve digits
 */
public record ArchiveArn(Kind kind, String region, String account, String name) {
  private static final Pattern ARN =
      Pattern.compile("arn:aws:events:([a-z0-9-]+):([0-9]{12}):(archive|replay)/([._A-Za-z0-9-]+)");

  /** What the ARN names. */
  public enum Kind {
    ARCHIVE("archive"),
    REPLAY("replay");

    private final String word;

    Kind(String word) {
      this.word = word;
    }
  }

  /** Reads an ARN of either kind; empty where it is none. */
  public static Optional<ArchiveArn> parse(String arn) {
    Matcher matcher = ARN.matcher(arn);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    Kind kind = matcher.group(3).equals(Kind.ARCHIVE.word) ? Kind.ARCHIVE : Kind.REPLAY;
    return Optional.of(new ArchiveArn(kind, matcher.group(1), matcher.group(2), matcher.group(4)));
  }

  public static ArchiveArn archive(String region, String account, String name) {
    return new ArchiveArn(Kind.ARCHIVE, region, account, name);
  }

  public static ArchiveArn replay(String region, String account, String name) {
    return new ArchiveArn(Kind.REPLAY, region, account, name);
  }

  public String text() {
    return "arn:aws:events:" + region + ':' + account + ':' + kind.word + '/' + name;
  }

  @Override
  public String toString() {
    return text();
  }
}
