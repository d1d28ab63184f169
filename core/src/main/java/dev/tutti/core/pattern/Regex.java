package dev.tutti.core.pattern;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayList;
import java.util.List;

/**
 * A regular expression in JavaScript's or Java's notation, matched in time linear in the text.
 * Look-around and back-references can't be, so they are refused.
 *
 * <p>This is the only place that knows the library.
 */
public final class Regex {
  /**
   * Most steps of one search: characters of the text times those of the pattern, repeats unrolled.
   */
  private static final long MOST_WORK = 20_000_000;

  /** What the counts of a pattern's repeats may come to. */
  private static final long MOST_REPEATS = 1_000;

  private static final java.util.regex.Pattern COUNT =
      java.util.regex.Pattern.compile("\\{(\\d{1,9})(?:,(\\d{0,9}))?\\}");

  private final String text;
  private final Pattern pattern;
  private final long cost;

  private Regex(String text, Pattern pattern, long cost) {
    this.text = text;
    this.pattern = pattern;
    this.cost = cost;
  }

  /** Where it matched, and what its groups did; a group that took no part is empty. */
  public record Match(int start, int end, String text, List<String> groups) {}

  /** A search would take too long. */
  public static final class TooMuchWork extends IllegalStateException {
    private TooMuchWork(String message) {
      super(message);
    }
  }

  /**
   * Compiles a pattern.
   *
   * @param flags of {@code i} (case doesn't count), {@code m} (lines), {@code s} (dot takes all)
   * @throws IllegalArgumentException where it isn't one that can be matched in linear time
   */
  public static Regex compile(String text, String flags) {
    long repeats = repeats(text);
    if (repeats > MOST_REPEATS) {
      throw new IllegalArgumentException(
          "The regular expression /" + text + "/ repeats more than " + MOST_REPEATS + " times");
    }
    int options = flags.indexOf('i') >= 0 ? Pattern.CASE_INSENSITIVE : 0;
    options |= flags.indexOf('m') >= 0 ? Pattern.MULTILINE : 0;
    options |= flags.indexOf('s') >= 0 ? Pattern.DOTALL : 0;
    try {
      return new Regex(
          text, Pattern.compile(translated(text), options), repeats * (text.length() + 1L));
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "The regular expression /"
              + text
              + "/ is not supported: "
              + e.getDescription()
              + ". Look-around and back-references are not available",
          e);
    }
  }

  /** The product of all counts, which bounds what unrolling them makes. */
  private static long repeats(String text) {
    long product = 1;
    var counts = COUNT.matcher(text);
    while (counts.find() && product <= MOST_REPEATS) {
      String most = counts.group(2);
      String count = most == null || most.isEmpty() ? counts.group(1) : most;
      product *= Math.max(1, Long.parseLong(count));
    }
    return product;
  }

  /** Notation that the library has otherwise: {@code \\uFFFF}, {@code (?<name>}, {@code \\/}. */
  private static String translated(String text) {
    var out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && i + 1 < text.length()) {
        char escaped = text.charAt(++i);
        if (escaped == 'u' && i + 4 < text.length()) {
          out.append("\\x{").append(text, i + 1, i + 5).append('}');
          i += 4;
        } else if (escaped == '/') {
          out.append('/');
        } else {
          out.append(c).append(escaped);
        }
      } else if (text.startsWith("(?<", i)
          && i + 3 < text.length()
          && Character.isLetter(text.charAt(i + 3))) {
        out.append("(?P<");
        i += 2;
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }

  /**
   * Whether it matches somewhere.
   *
   * @throws TooMuchWork where the search would take too long
   */
  public boolean find(String in) {
    check(in);
    return pattern.matcher(in).find();
  }

  /**
   * Whether it matches from end to end.
   *
   * @throws TooMuchWork where the search would take too long
   */
  public boolean matches(String in) {
    check(in);
    return pattern.matches(in);
  }

  /**
   * Its matches, from the left, none over another.
   *
   * @param most how many at most
   */
  public List<Match> all(String in, int most) {
    check(in);
    var found = new ArrayList<Match>();
    Matcher matcher = pattern.matcher(in);
    while (found.size() < most && matcher.find()) {
      var groups = new ArrayList<String>();
      for (int g = 1; g <= matcher.groupCount(); g++) {
        String group = matcher.group(g);
        groups.add(group == null ? "" : group);
      }
      found.add(new Match(matcher.start(), matcher.end(), matcher.group(), groups));
    }
    return found;
  }

  /** Most steps that a search in a text takes. */
  public long work(String in) {
    return cost * in.length();
  }

  private void check(String in) {
    if (work(in) > MOST_WORK) {
      throw new TooMuchWork(
          "The regular expression /"
              + text
              + "/ takes too long on a text of "
              + in.length()
              + " characters");
    }
  }

  @Override
  public String toString() {
    return '/' + text + '/';
  }
}
