package dev.tutti.wire.protocol;

import dev.tutti.wire.message.Parameters;
import dev.tutti.wire.message.Percent;
import dev.tutti.wire.model.Operation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An operation's URI: segments that are literal, {@code {Label}} or, taking as many segments as it
 * can, {@code {Label+}}; and possibly query parameters that must be there. A slash at the end makes
 * no difference.
 */
final class PathTemplate {
  private final Operation operation;
  private final List<String> segments;
  private final Parameters query;

  PathTemplate(Operation operation) {
    this.operation = operation;
    String uri = operation.uri();
    int mark = uri.indexOf('?');
    this.segments = split(mark < 0 ? uri : uri.substring(0, mark));
    this.query = Parameters.parse(mark < 0 ? "" : uri.substring(mark + 1));
  }

  Operation operation() {
    return operation;
  }

  /** Templates with more literal parts are to be tried first. */
  int literals() {
    return (int) segments.stream().filter(segment -> !isLabel(segment)).count() * 2
        + query.names().size();
  }

  /** As {@link #split}, where a slash at the end is one more, empty segment. */
  static List<String> splitWhole(String path) {
    List<String> segments = split(path);
    if (path.length() > 1 && path.endsWith("/")) {
      segments.add("");
    }
    return segments;
  }

  static List<String> split(String path) {
    List<String> segments = new ArrayList<>();
    int end = path.endsWith("/") ? path.length() - 1 : path.length();
    int start = path.startsWith("/") ? 1 : 0;
    while (start <= end) {
      int slash = path.indexOf('/', start);
      int stop = slash < 0 || slash > end ? end : slash;
      segments.add(path.substring(start, stop));
      start = stop + 1;
    }
    return segments;
  }

  /** The labels' values, or null where a path, split and still encoded, doesn't fit. */
  @Nullable Map<String, String> match(String method, List<String> path, Parameters parameters) {
    if (!operation.method().equals(method)) {
      return null;
    }
    int spare = path.size() - segments.size();
    Map<String, String> labels = new HashMap<>();
    int at = 0;
    for (String segment : segments) {
      boolean greedy = segment.endsWith("+}");
      int count = greedy ? spare + 1 : 1;
      if (count < 1 || at + count > path.size()) {
        return null;
      }
      String part = String.join("/", path.subList(at, at + count));
      at += count;
      if (!isLabel(segment)) {
        if (!segment.equals(part)) {
          return null;
        }
      } else if (part.isEmpty()) {
        return null;
      } else {
        labels.put(segment.substring(1, segment.length() - (greedy ? 2 : 1)), Percent.decode(part));
      }
    }
    return at == path.size() && hasQuery(parameters) ? labels : null;
  }

  /** Whether the template itself asks for a query parameter of that name. */
  boolean demands(String parameter) {
    return query.names().contains(parameter);
  }

  private boolean hasQuery(Parameters parameters) {
    for (String name : query.names()) {
      if (!parameters.all(name).equals(query.all(name))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isLabel(String segment) {
    return segment.startsWith("{") && segment.endsWith("}");
  }
}
