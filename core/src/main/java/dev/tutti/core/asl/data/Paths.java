package dev.tutti.core.asl.data;

import dev.tutti.core.asl.data.ReferencePath.Step;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads paths. First the root ({@code $}, {@code $$}, {@code $variable}); then, as long as they are
 * plain, member names and indexes; a path with anything else in it is handed to {@link QueryPath}.
 */
public final class Paths {
  /** {@code $}. */
  public static final Path INPUT = new ReferencePath("$", new PathRoot.Input(), List.of());

  /** Characters that end a plain member name or make it more than one. */
  private static final String NOT_PLAIN = " .[]()*?,:'\"@$\\&|!<>=\t\r\n";

  private final String text;
  private int at;

  private Paths(String text) {
    this.text = text;
  }

  /** The path that a text stands for, null where it is none. */
  public static @Nullable Path parse(String text) {
    var reader = new Paths(text);
    PathRoot root = reader.root();
    if (root == null) {
      return null;
    }
    int rest = reader.at;
    List<Step> steps = reader.steps();
    return steps != null
        ? new ReferencePath(text, root, steps)
        : QueryPath.compile(text, root, "$" + text.substring(rest));
  }

  /** As {@link #parse}, null also where the path may lead to more than one place. */
  public static @Nullable ReferencePath parseReference(String text) {
    return parse(text) instanceof ReferencePath path ? path : null;
  }

  private @Nullable PathRoot root() {
    if (!text.startsWith("$")) {
      return null;
    }
    at = 1;
    if (text.startsWith("$$")) {
      at = 2;
      return new PathRoot.Context();
    }
    int start = at;
    while (at < text.length() && Character.isUnicodeIdentifierPart(text.charAt(at))) {
      at++;
    }
    return at == start ? new PathRoot.Input() : new PathRoot.Variable(text.substring(start, at));
  }

  /** The rest of the text as plain steps, null where it is more than that. */
  private @Nullable List<Step> steps() {
    var steps = new ArrayList<Step>();
    while (at < text.length()) {
      Step step =
          switch (text.charAt(at)) {
            case '.' -> member();
            case '[' -> bracket();
            default -> null;
          };
      if (step == null) {
        return null;
      }
      steps.add(step);
    }
    return steps;
  }

  private @Nullable Step member() {
    int start = ++at;
    while (at < text.length() && NOT_PLAIN.indexOf(text.charAt(at)) < 0) {
      at++;
    }
    boolean ends = at == text.length() || text.charAt(at) == '.' || text.charAt(at) == '[';
    return at > start && ends ? new Step.Member(text.substring(start, at)) : null;
  }

  private @Nullable Step bracket() {
    at++;
    if (at == text.length()) {
      return null;
    }
    char first = text.charAt(at);
    Step step = first == '\'' || first == '"' ? quoted(first) : index();
    if (step == null || at >= text.length() || text.charAt(at) != ']') {
      return null;
    }
    at++;
    return step;
  }

  private @Nullable Step quoted(char quote) {
    var name = new StringBuilder();
    for (at++; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == quote) {
        at++;
        return new Step.Member(name.toString());
      }
      if (c == '\\' && at + 1 < text.length() && text.charAt(at + 1) == quote) {
        at++;
        c = quote;
      }
      name.append(c);
    }
    return null;
  }

  private @Nullable Step index() {
    int start = at;
    if (text.charAt(at) == '-') {
      at++;
    }
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    try {
      return new Step.Index(Integer.parseInt(text, start, at, 10));
    } catch (NumberFormatException e) {
      return null;
    }
  }
}
