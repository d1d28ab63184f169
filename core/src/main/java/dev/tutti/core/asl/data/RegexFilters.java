package dev.tutti.core.asl.data;

import dev.tutti.core.pattern.Regex;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Takes filters with {@code =~} out of a JSONPath, whose library matches by backtracking.
 *
 * @param path with {@code [?]} in the filters' places
 * @param filters each a disjunction of conjunctions, in order
 */
record RegexFilters(String path, List<List<List<RegexFilters.Term>>> filters) {
  private static final Pattern MATCH =
      Pattern.compile(
          "\\s*@([^=]*?)\\s*=~\\s*/((?:[^/\\\\]|\\\\.)*)/([a-zA-Z]*)\\s*", Pattern.DOTALL);

  /** A part of a filter. */
  sealed interface Term {
    /** Whether the text at a path, written from {@code $} on, is as the expression has it. */
    record Matches(String path, Regex regex) implements Term {}

    /** Anything else, as it was written. */
    record Other(String text) implements Term {}
  }

  /**
   * The path without them; null where a filter with one is too involved: in brackets, negated, or
   * with the expression first.
   *
   * @throws IllegalArgumentException where an expression can't be matched in linear time
   */
  static @Nullable RegexFilters of(String path) {
    var out = new StringBuilder();
    var filters = new ArrayList<List<List<Term>>>();
    int at = 0;
    for (int begin = path.indexOf("[?("); begin >= 0; begin = path.indexOf("[?(", at)) {
      int end = closing(path, begin + 2);
      if (end < 0) {
        return null;
      }
      String filter = path.substring(begin + 3, end);
      out.append(path, at, begin);
      at = path.indexOf(']', end) + 1;
      if (at == 0) {
        return null;
      }
      if (!filter.contains("=~")) {
        out.append(path, begin, at);
        continue;
      }
      List<List<Term>> read = disjunction(filter);
      if (read == null) {
        return null;
      }
      out.append("[?]");
      filters.add(read);
    }
    return new RegexFilters(out.append(path.substring(at)).toString(), filters);
  }

  /** Where the bracket that opens here closes; negative where it doesn't. */
  private static int closing(String text, int open) {
    int depth = 0;
    for (int i = open; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\'' || c == '"') {
        i = quoted(text, i, c);
      } else if (c == '/' && text.substring(0, i).stripTrailing().endsWith("=~")) {
        i = quoted(text, i, c);
      } else if (c == '(') {
        depth++;
      } else if (c == ')' && --depth == 0) {
        return i;
      }
    }
    return -1;
  }

  private static int quoted(String text, int from, char quote) {
    for (int i = from + 1; i < text.length(); i++) {
      if (text.charAt(i) == '\\') {
        i++;
      } else if (text.charAt(i) == quote) {
        return i;
      }
    }
    return text.length();
  }

  private static @Nullable List<List<Term>> disjunction(String filter) {
    var either = new ArrayList<List<Term>>();
    for (String part : split(filter, "||")) {
      var all = new ArrayList<Term>();
      for (String each : split(part, "&&")) {
        Term term = term(each);
        if (term == null) {
          return null;
        }
        all.add(term);
      }
      either.add(all);
    }
    return either;
  }

  private static @Nullable Term term(String text) {
    if (!text.contains("=~")) {
      return new Term.Other(text.strip());
    }
    Matcher matcher = MATCH.matcher(text);
    if (!matcher.matches()) {
      return null;
    }
    return new Term.Matches(
        "$" + matcher.group(1), Regex.compile(matcher.group(2), matcher.group(3)));
  }

  /** Splits at an operator that stands outside of brackets, texts and expressions. */
  private static List<String> split(String text, String operator) {
    var parts = new ArrayList<String>();
    int depth = 0;
    int from = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\'' || c == '"') {
        i = quoted(text, i, c);
      } else if (c == '/' && text.substring(0, i).stripTrailing().endsWith("=~")) {
        i = quoted(text, i, c);
      } else if (c == '(' || c == '[') {
        depth++;
      } else if (c == ')' || c == ']') {
        depth--;
      } else if (depth == 0 && text.startsWith(operator, i)) {
        parts.add(text.substring(from, i));
        i += operator.length() - 1;
        from = i + 1;
      }
    }
    parts.add(text.substring(from));
    return parts;
  }
}
