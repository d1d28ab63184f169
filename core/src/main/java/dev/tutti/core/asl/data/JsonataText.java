package dev.tutti.core.asl.data;

import dev.tutti.core.pattern.Regex;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * JSONata's functions on texts that take a regular expression, or that make more than they are
 * given ({@code $join}, {@code $replace}): linear in time, bounded in size. As the language's own
 * documentation has them.
 */
final class JsonataText {
  /** Most matches that {@code $match} gives. */
  private static final int MOST_MATCHES = 25_000;

  private JsonataText() {}

  /** A value that stands for a regular expression. */
  interface Pattern {
    /** To be searched for in a text; whoever asks is charged for it. */
    Regex over(String text);
  }

  /** Calls a function of the expression. */
  interface Caller {
    @Nullable Object call(Object function, List<?> args);
  }

  static @Nullable Object contains(@Nullable List<?> args) {
    if (!(JsonataFunctions.argument(args, 0) instanceof String text)) {
      return null;
    }
    return switch (JsonataFunctions.argument(args, 1)) {
      case Pattern p -> p.over(text).find(text);
      case String token -> text.contains(token);
      case null, default -> throw JsonataError.argument("contains", 2);
    };
  }

  /** What {@code $match} gives for each match. */
  static @Nullable List<Object> match(@Nullable List<?> args) {
    if (!(JsonataFunctions.argument(args, 0) instanceof String text)
        || !(JsonataFunctions.argument(args, 1) instanceof Pattern p)) {
      return null;
    }
    var found = new ArrayList<Object>();
    int most = Math.min(limit(args, "match", 2, "D3040"), MOST_MATCHES + 1);
    for (Regex.Match match : p.over(text).all(text, most)) {
      if (found.size() == MOST_MATCHES) {
        throw JsonataError.tooMuch();
      }
      var object = new LinkedHashMap<String, Object>();
      object.put("match", match.text());
      object.put("index", match.start());
      object.put("groups", new ArrayList<Object>(match.groups()));
      found.add(object);
    }
    return found;
  }

  static @Nullable Object split(@Nullable List<?> args) {
    if (!(JsonataFunctions.argument(args, 0) instanceof String text)) {
      return null;
    }
    int most = limit(args, "split", 2, "D3020");
    var parts = new ArrayList<Object>();
    switch (JsonataFunctions.argument(args, 1)) {
      case Pattern p -> {
        int from = 0;
        for (Regex.Match match : p.over(text).all(text, Integer.MAX_VALUE)) {
          if (match.end() > match.start()) {
            parts.add(text.substring(from, match.start()));
            from = match.end();
          }
        }
        parts.add(text.substring(from));
      }
      case String separator when separator.isEmpty() ->
          text.codePoints().forEach(c -> parts.add(Character.toString(c)));
      case String separator -> {
        int from = 0;
        for (int at = text.indexOf(separator); at >= 0; at = text.indexOf(separator, from)) {
          parts.add(text.substring(from, at));
          from = at + separator.length();
        }
        parts.add(text.substring(from));
      }
      case null, default -> throw JsonataError.argument("split", 2);
    }
    return parts.size() > most ? new ArrayList<Object>(parts.subList(0, most)) : parts;
  }

  static @Nullable Object join(@Nullable List<?> args) {
    if (!(JsonataFunctions.argument(args, 0) instanceof List<?> parts)) {
      return null;
    }
    String between = JsonataFunctions.argument(args, 1) instanceof String text ? text : "";
    var joined = new StringBuilder();
    String before = "";
    for (Object part : parts) {
      joined.append(before).append(part);
      JsonataFunctions.checkLength(joined.length());
      before = between;
    }
    return joined.toString();
  }

  static @Nullable Object replace(@Nullable List<?> args, Caller caller) {
    if (!(JsonataFunctions.argument(args, 0) instanceof String text)) {
      return null;
    }
    int most = limit(args, "replace", 3, "D3011");
    Object with = JsonataFunctions.argument(args, 2);
    return switch (JsonataFunctions.argument(args, 1)) {
      case String token when token.isEmpty() ->
          throw JsonataError.coded(
              "D3010", "Second argument of replace function cannot be an empty string");
      case String token -> plain(text, token, String.valueOf(with), most);
      case Pattern p -> matches(text, p.over(text), of(with, caller), most);
      case null, default -> throw JsonataError.argument("replace", 2);
    };
  }

  private static String plain(String text, String token, String with, int most) {
    var out = new StringBuilder();
    int from = 0;
    int done = 0;
    for (int at = text.indexOf(token);
        at >= 0 && done < most;
        at = text.indexOf(token, from), done++) {
      out.append(text, from, at).append(with);
      from = at + token.length();
      JsonataFunctions.checkLength(out.length());
    }
    return out.append(text, from, text.length()).toString();
  }

  private static String matches(
      String text, Regex regex, Function<Regex.Match, String> with, int most) {
    var out = new StringBuilder();
    int from = 0;
    for (Regex.Match match : regex.all(text, most)) {
      if (match.text().isEmpty()) {
        throw JsonataError.coded("D1004", "Regular expression matches zero length string");
      }
      out.append(text, from, match.start()).append(with.apply(match));
      from = match.end();
      JsonataFunctions.checkLength(out.length());
    }
    return out.append(text, from, text.length()).toString();
  }

  private static Function<Regex.Match, String> of(@Nullable Object with, Caller caller) {
    if (with instanceof String template) {
      return match -> filled(template, match);
    }
    if (with == null) {
      throw JsonataError.argument("replace", 3);
    }
    return match -> {
      Map<String, Object> given = new LinkedHashMap<>();
      given.put("match", match.text());
      given.put("start", match.start());
      given.put("end", match.end());
      given.put("groups", new ArrayList<Object>(match.groups()));
      if (caller.call(with, List.of(given)) instanceof String text) {
        return text;
      }
      throw JsonataError.coded(
          "D3012", "Attempted to replace a matched string with a non-string value");
    };
  }

  /**
   * {@code $$} is a dollar, {@code $0} the match, {@code $1} a group; as many digits as there are.
   */
  private static String filled(String template, Regex.Match match) {
    var out = new StringBuilder();
    int at = 0;
    while (at < template.length()) {
      char c = template.charAt(at++);
      if (c != '$' || at == template.length()) {
        out.append(c);
        continue;
      }
      char next = template.charAt(at);
      if (next == '$') {
        out.append('$');
        at++;
      } else if (next == '0') {
        out.append(match.text());
        at++;
      } else if (next >= '1' && next <= '9') {
        int digits = 1;
        int most = match.groups().isEmpty() ? 1 : String.valueOf(match.groups().size()).length();
        while (digits < most
            && at + digits < template.length()
            && Character.isDigit(template.charAt(at + digits))
            && Integer.parseInt(template, at, at + digits + 1, 10) <= match.groups().size()) {
          digits++;
        }
        int group = Integer.parseInt(template, at, at + digits, 10);
        out.append(group <= match.groups().size() ? match.groups().get(group - 1) : "");
        at += digits;
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }

  private static int limit(@Nullable List<?> args, String function, int index, String code) {
    Object given = JsonataFunctions.argument(args, index);
    if (given == null) {
      return Integer.MAX_VALUE;
    }
    if (!(given instanceof Number n)) {
      throw JsonataError.argument(function, index + 1);
    }
    if (n.doubleValue() < 0) {
      throw JsonataError.coded(
          code,
          (index == 2 ? "Third" : "Fourth")
              + " argument of "
              + function
              + " function must evaluate to a positive number");
    }
    return n.intValue();
  }
}
