package dev.tutti.core.logs.filter;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Conditions on the fields of a message: its words, where what stands in quotes or in brackets is
 * one. {@code ...} stands for any number of them; where there is none, the last column is all that
 * is left.
 *
 * @param before the columns, from the left
 * @param open whether there is a {@code ...} after them
 * @param after the columns behind it, up to the end
 */
record Columns(List<Column> before, boolean open, List<Column> after) implements LogFilter {

  private static final String ANY = "...";

  /** One column: of its alternatives one has to hold whole. None is any field. */
  private record Column(List<List<Comparison>> alternatives) {
    boolean holds(String field) {
      return alternatives.isEmpty()
          || alternatives.stream()
              .anyMatch(all -> all.stream().allMatch(comparison -> comparison.holds(field)));
    }
  }

  static Columns of(String text) {
    List<Column> before = new ArrayList<>();
    List<Column> after = new ArrayList<>();
    FilterText rest = new FilterText(text);
    if (rest.atEnd()) {
      return new Columns(before, true, after);
    }
    Set<String> names = new HashSet<>();
    do {
      String name = rest.takes(ANY) ? ANY : rest.name();
      if (!names.add(name)) {
        throw new IllegalArgumentException("Duplicate field '" + name + "'");
      }
      if (!name.equals(ANY)) {
        (names.contains(ANY) ? after : before).add(column(name, rest));
      }
    } while (rest.takes(','));
    if (!rest.atEnd()) {
      throw rest.unexpected();
    }
    return new Columns(before, names.contains(ANY), after);
  }

  private static Column column(String name, FilterText rest) {
    rest.skipBlanks();
    List<List<Comparison>> alternatives = new ArrayList<>();
    if (Comparison.isNext(rest)) {
      alternatives.add(all(rest, name));
      while (rest.takes("||")) {
        again(rest, name);
        alternatives.add(all(rest, name));
      }
    }
    return new Column(alternatives);
  }

  private static List<Comparison> all(FilterText rest, String name) {
    List<Comparison> all = new ArrayList<>();
    all.add(Comparison.of(rest));
    while (rest.takes("&&")) {
      again(rest, name);
      all.add(Comparison.of(rest));
    }
    return all;
  }

  /** A column's further conditions begin with its name. */
  private static void again(FilterText rest, String name) {
    if (!rest.name().equals(name)) {
      throw FilterText.invalid();
    }
    rest.skipBlanks();
  }

  @Override
  public boolean matches(String message) {
    int count = before.size() + after.size();
    List<String> fields = fields(message, open ? Integer.MAX_VALUE : count);
    return fields.size() >= count
        && hold(before, fields.subList(0, before.size()))
        && hold(after, fields.subList(fields.size() - after.size(), fields.size()));
  }

  private static boolean hold(List<Column> columns, List<String> fields) {
    for (int i = 0; i < columns.size(); i++) {
      if (!columns.get(i).holds(fields.get(i))) {
        return false;
      }
    }
    return true;
  }

  /** The fields of a message; of more than are wanted the last one is the rest of it. */
  private static List<String> fields(String message, int most) {
    List<String> fields = new ArrayList<>();
    int last = 0;
    int at = skipBlanks(message, 0);
    while (at < message.length()) {
      if (fields.size() == most) {
        fields.set(most - 1, message.substring(last).stripTrailing());
        return fields;
      }
      last = at;
      char open = message.charAt(at);
      int close = open == '"' ? message.indexOf('"', at + 1) : -1;
      close = open == '[' ? message.indexOf(']', at) : close;
      int end = close;
      if (close < 0) {
        end = at;
        while (end < message.length() && !Character.isWhitespace(message.charAt(end))) {
          end++;
        }
        fields.add(message.substring(at, end));
      } else {
        fields.add(message.substring(at + 1, close));
        end = close + 1;
      }
      at = skipBlanks(message, end);
    }
    return fields;
  }

  private static int skipBlanks(String message, int from) {
    int at = from;
    while (at < message.length() && Character.isWhitespace(message.charAt(at))) {
      at++;
    }
    return at;
  }
}
