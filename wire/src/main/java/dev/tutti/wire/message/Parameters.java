package dev.tutti.wire.message;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Decoded name and value pairs of a query string or a form, in order; a name may repeat. */
public final class Parameters {
  private final Map<String, List<String>> values;

  private Parameters(Map<String, List<String>> values) {
    this.values = values;
  }

  /** Reads {@code a=b&c=d}; a name without an equals sign has the empty value. */
  public static Parameters parse(String text) {
    Map<String, List<String>> values = new LinkedHashMap<>();
    int start = 0;
    while (start < text.length()) {
      int end = text.indexOf('&', start);
      end = end < 0 ? text.length() : end;
      if (end > start) {
        int equals = text.indexOf('=', start);
        boolean bare = equals < 0 || equals > end;
        String name = Percent.decodeForm(text.substring(start, bare ? end : equals));
        String value = bare ? "" : Percent.decodeForm(text.substring(equals + 1, end));
        values.computeIfAbsent(name, n -> new ArrayList<>(1)).add(value);
      }
      start = end + 1;
    }
    return new Parameters(values);
  }

  /** These parameters and the others after them. */
  Parameters and(Parameters others) {
    Map<String, List<String>> both = new LinkedHashMap<>(values);
    others.values.forEach((name, more) -> {
      List<String> joined = new ArrayList<>(both.getOrDefault(name, List.of()));
      joined.addAll(more);
      both.put(name, joined);
    });
    return new Parameters(both);
  }

  /** The first value under a name, or null. */
  public @Nullable String first(String name) {
    List<String> all = values.get(name);
    return all == null ? null : all.getFirst();
  }

  public List<String> all(String name) {
    return values.getOrDefault(name, List.of());
  }

  public Set<String> names() {
    return values.keySet();
  }
}
