package dev.tutti.core.pattern;

import java.util.ArrayList;
import java.util.List;

/**
 * A text with wildcards: {@code *} stands for any characters, {@code \*} for a star and {@code \\}
 * for a backslash. Matching takes time linear in the text for each part.
 */
public final class Glob {
  /** The literal texts before, between and after the stars. */
  private final List<String> parts;

  private Glob(List<String> parts) {
    this.parts = parts;
  }

  /** Compiles a pattern; every text is one. */
  public static Glob compile(String pattern) {
    var parts = new ArrayList<String>();
    var part = new StringBuilder();
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      if (c == '*') {
        parts.add(part.toString());
        part.setLength(0);
        continue;
      }
      if (c == '\\' && i + 1 < pattern.length() && "*\\".indexOf(pattern.charAt(i + 1)) >= 0) {
        i++;
        c = pattern.charAt(i);
      }
      part.append(c);
    }
    parts.add(part.toString());
    return new Glob(List.copyOf(parts));
  }

  /** Whether the whole text fits. */
  public boolean matches(String text) {
    String first = parts.getFirst();
    if (parts.size() == 1) {
      return text.equals(first);
    }
    String last = parts.getLast();
    if (text.length() < first.length() + last.length()
        || !text.startsWith(first)
        || !text.endsWith(last)) {
      return false;
    }
    int at = first.length();
    int end = text.length() - last.length();
    for (String part : parts.subList(1, parts.size() - 1)) {
      int found = text.indexOf(part, at);
      if (found < 0 || found + part.length() > end) {
        return false;
      }
      at = found + part.length();
    }
    return true;
  }
}
