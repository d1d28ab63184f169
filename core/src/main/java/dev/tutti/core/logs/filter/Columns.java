package dev.tutti.core.logs.filter;

import java.util.ArrayList;
import java.util.List;

/**
 * Conditions on the fields of a message: its words, where what stands in quotes or in brackets is
 * one. {@code ...} stands for any number of them.
 *
 * @param before the columns, from the left
 * @param open whether there is a {@code ...} after them
 * @param after the columns behind it, up to the end
 */
record Columns(List<Column> before, boolean open, List<Column> after) implements LogFilter {

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
    boolean open = false;
    FilterText rest = new FilterText(text);
    do {
      if (rest.takes("...")) {
        if (open) {
          throw new IllegalArgumentException("A filter pattern has at most one '...'");
        }
        open = true;
      } else {
        (open ? after : before).add(column(rest));
      }
    } while (rest.takes(','));
    if (!rest.atEnd()) {
      throw rest.unexpected();
    }
    return new Columns(before, open, after);
  }

  private static Column column(FilterText rest) {
    String name = rest.name();
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
      throw new IllegalArgumentException(
          "The conditions of the column '" + name + "' are on another one, too");
    }
    rest.skipBlanks();
  }

  @Override
  public boolean matches(String message) {
    List<String> fields = fields(message);
    int count = before.size() + after.size();
    if (open ? fields.size() < count : fields.size() != count) {
      return false;
    }
    return hold(before, fields.subList(0, before.size()))
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

  private static List<String> fields(String message) {
    List<String> fields = new ArrayList<>();
    int at = 0;
    while (at < message.length()) {
      char c = message.charAt(at);
      if (Character.isWhitespace(c)) {
        at++;
        continue;
      }
      int close =
          c == '"' ? message.indexOf('"', at + 1) : c == '[' ? message.indexOf(']', at) : -1;
      if (close >= 0) {
        fields.add(message.substring(at + 1, close));
        at = close + 1;
        continue;
      }
      int end = at;
      while (end < message.length() && !Character.isWhitespace(message.charAt(end))) {
        end++;
      }
      fields.add(message.substring(at, end));
      at = end;
    }
    return fields;
  }
}
