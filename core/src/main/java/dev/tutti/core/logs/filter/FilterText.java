package dev.tutti.core.logs.filter;

import dev.tutti.core.pattern.Regex;

/** The text of a filter pattern, read from left to right. Blanks are passed over. */
final class FilterText {
  private static final String ENDS_OPERAND = ",&|()\"%";

  private static final int MOST_EXPRESSIONS = 2;

  /** What a regular expression may have beside letters and digits; no parentheses, as at AWS. */
  private static final String IN_EXPRESSION = ":_#=@/;,- ^$?[]{}|\\*+.";

  private final String text;
  private int at;
  private int expressions;

  FilterText(String text) {
    this.text = text;
    skipBlanks();
  }

  boolean atEnd() {
    return at == text.length();
  }

  boolean isNext(char wanted) {
    return at < text.length() && text.charAt(at) == wanted;
  }

  /** Reads a character where it is the next one. */
  boolean takes(char wanted) {
    return takes(String.valueOf(wanted));
  }

  /** Reads some characters where they are the next ones. */
  boolean takes(String wanted) {
    if (!text.startsWith(wanted, at)) {
      return false;
    }
    at += wanted.length();
    skipBlanks();
    return true;
  }

  /** Reads a word where it is the next one and ends there; its case doesn't count. */
  boolean takesWord(String wanted) {
    int end = at + wanted.length();
    if (!text.regionMatches(true, at, wanted, 0, wanted.length())
        || (end < text.length() && isOfWord(text.charAt(end)))) {
      return false;
    }
    at = end;
    skipBlanks();
    return true;
  }

  /** A term without quotes: letters, digits and underscores. */
  String word() {
    int start = at;
    while (at < text.length() && isOfWord(text.charAt(at))) {
      at++;
    }
    if (at == start || (at < text.length() && !Character.isWhitespace(text.charAt(at)))) {
      throw unexpected();
    }
    String word = text.substring(start, at);
    skipBlanks();
    return word;
  }

  /** The name of a column or of a property. */
  String name() {
    int start = at;
    while (at < text.length() && (isOfWord(text.charAt(at)) || text.charAt(at) == '-')) {
      at++;
    }
    if (at == start) {
      throw unexpected();
    }
    return text.substring(start, at);
  }

  /** What something is compared with, where it has no quotes: up to a blank or a sign. */
  String operand() {
    int start = at;
    while (at < text.length()
        && !Character.isWhitespace(text.charAt(at))
        && ENDS_OPERAND.indexOf(text.charAt(at)) < 0) {
      at++;
    }
    if (at == start) {
      throw unexpected();
    }
    String operand = text.substring(start, at);
    skipBlanks();
    return operand;
  }

  /** A text in double quotes, without them; a backslash takes the next character as it is. */
  String quoted() {
    int start = at;
    StringBuilder content = new StringBuilder();
    for (at++; at < text.length() && text.charAt(at) != '"'; at++) {
      if (text.charAt(at) == '\\' && at + 1 < text.length()) {
        at++;
      }
      content.append(text.charAt(at));
    }
    if (atEnd()) {
      throw invalid(text.substring(start));
    }
    at++;
    skipBlanks();
    return content.toString();
  }

  /** What comes before a character, which is read, too. */
  String until(char end) {
    int found = text.indexOf(end, at);
    if (found < 0) {
      throw new IllegalArgumentException("A name in quotes does not end");
    }
    String before = text.substring(at, found);
    at = found + 1;
    return before;
  }

  /** A regular expression between percent signs. */
  Regex expression() {
    int start = at;
    for (at++; at < text.length() && text.charAt(at) != '%'; at++) {
      char c = text.charAt(at);
      if (c > 127 || !(Character.isLetterOrDigit(c) || IN_EXPRESSION.indexOf(c) >= 0)) {
        throw invalid(text.substring(start, at + 1));
      }
    }
    if (atEnd()) {
      throw invalid(text.substring(start));
    }
    if (++expressions > MOST_EXPRESSIONS) {
      throw new IllegalArgumentException(
          "Your input has exceeded the maximum of %d regular expressions per filter pattern."
              .formatted(MOST_EXPRESSIONS));
    }
    String expression = text.substring(start + 1, at++);
    skipBlanks();
    try {
      return Regex.compile(expression, "");
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("Failed to compile regular expression.", e);
    }
  }

  void skipBlanks() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  /** What is to be said of the next character. */
  IllegalArgumentException unexpected() {
    return atEnd() ? invalid() : invalid(text.substring(at, at + 1));
  }

  /** What is said of a pattern that isn't to be understood. */
  static IllegalArgumentException invalid() {
    return new IllegalArgumentException("Invalid filter pattern");
  }

  static IllegalArgumentException invalid(String term) {
    return new IllegalArgumentException("Invalid character(s) in term '" + term + "'");
  }

  private static boolean isOfWord(char c) {
    return Character.isLetterOrDigit(c) || c == '_';
  }
}
