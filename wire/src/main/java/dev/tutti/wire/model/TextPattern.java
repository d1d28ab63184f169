package dev.tutti.wire.model;

import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A pattern that a text must match as a whole.
 *
 * <p>Java's matcher backtracks, and where a pattern repeats a group, it calls itself for every
 * repetition; and the text is a stranger's. So the text's length is bounded, more tightly where a
 * group repeats, and so is the number of characters that the matcher may look at; a text that
 * exceeds either doesn't satisfy the pattern.
 */
public final class TextPattern {
  private static final int MAX_LENGTH = 20_480;
  private static final int MAX_LENGTH_WITH_LOOPS = 1_024;
  private static final int LOOKS_PER_CHARACTER = 500;

  private final String text;
  private final int maxLength;
  private volatile @Nullable Pattern compiled;

  TextPattern(String text) {
    this.text = text;
    boolean loops = Stream.of(")*", ")+", "){").anyMatch(text::contains);
    this.maxLength = loops ? MAX_LENGTH_WITH_LOOPS : MAX_LENGTH;
  }

  /** As the model writes it. */
  public String text() {
    return text;
  }

  public boolean matches(String value) {
    if (value.length() > maxLength) {
      return false;
    }
    Pattern pattern = compiled;
    if (pattern == null) {
      pattern = Pattern.compile(text);
      compiled = pattern;
    }
    try {
      return pattern.matcher(new Watched(value)).matches();
    } catch (TooManyLooks e) {
      return false;
    }
  }

  /** A text that can be looked at only so often. */
  private static final class Watched implements CharSequence {
    private final String text;
    private int looks;

    Watched(String text) {
      this.text = text;
      this.looks = (text.length() + 20) * LOOKS_PER_CHARACTER;
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public char charAt(int index) {
      if (--looks < 0) {
        throw new TooManyLooks();
      }
      return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return text.substring(start, end);
    }

    @Override
    public String toString() {
      return text;
    }
  }

  private static final class TooManyLooks extends RuntimeException {
    TooManyLooks() {
      super(null, null, false, false);
    }
  }
}
