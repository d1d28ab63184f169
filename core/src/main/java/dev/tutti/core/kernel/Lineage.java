package dev.tutti.core.kernel;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How often what led somewhere has passed the same mark, for example a rule: so a circle is found
 * wherever it goes. As text it is {@code <8 hex digits of the mark's hash>:<times>}, joined by
 * {@code |}, the latest first, which goes through functions in their trace header.
 *
 * <p>Of more than {@value #MOST} marks those that were passed longest ago are forgotten.
 *
 * @param passes times by the marks' hashes, the latest first
 */
public record Lineage(Map<String, Integer> passes) {
  private static final int MOST = 24;
  private static final int HASH_DIGITS = 8;
  private static final Pattern PASS = Pattern.compile("([0-9a-f]{8}):([0-9]{1,6})");

  /** Reads a text; what isn't of its form is passed over. */
  public static Lineage of(@Nullable String text) {
    Map<String, Integer> passes = new LinkedHashMap<>();
    if (text != null) {
      Matcher pass = PASS.matcher(text);
      while (pass.find() && passes.size() < MOST) {
        passes.put(pass.group(1), Integer.parseInt(pass.group(2)));
      }
    }
    return new Lineage(passes);
  }

  /** What stands for a mark. */
  public static String hash(String mark) {
    return Ids.hex(mark, HASH_DIGITS);
  }

  /** How often a mark was passed. */
  public int times(String mark) {
    return passes.isEmpty() ? 0 : passes.getOrDefault(hash(mark), 0);
  }

  /** With one more pass of a mark. */
  public Lineage passing(String mark) {
    Map<String, Integer> now = new LinkedHashMap<>();
    String hash = hash(mark);
    now.put(hash, passes.getOrDefault(hash, 0) + 1);
    passes.forEach((each, times) -> {
      if (now.size() < MOST) {
        now.putIfAbsent(each, times);
      }
    });
    return new Lineage(now);
  }

  public String text() {
    StringJoiner text = new StringJoiner("|");
    passes.forEach((hash, times) -> text.add(hash + ":" + times));
    return text.toString();
  }
}
