package dev.tutti.core.asl.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.List;

/**
 * A path to a single place, {@code $.a['b c'][0]}: nothing but member names and indexes.
 *
 * @param text as it was written
 * @param root where it starts
 * @param steps from there
 */
public record ReferencePath(String text, PathRoot root, List<Step> steps) implements Path {
  /** JsonProvider of the library that AWS's messages name. */
  private static final String PROVIDER = "com.jayway.jsonpath.spi.json.JacksonJsonProvider";

  public ReferencePath {
    steps = List.copyOf(steps);
  }

  /** One step into a value. */
  public sealed interface Step {
    /** A member of an object. */
    record Member(String name) implements Step {
      @Override
      public String toString() {
        return "['" + name + "']";
      }
    }

    /** An element of an array; negative ones count from its end. */
    record Index(int index) implements Step {
      @Override
      public String toString() {
        return "[" + index + "]";
      }
    }
  }

  @Override
  public JsonNode find(Scope scope) {
    JsonNode at = root.value(scope);
    for (Step step : steps) {
      at = follow(at, step);
      if (at.isMissingNode()) {
        return at;
      }
    }
    return at;
  }

  private static JsonNode follow(JsonNode from, Step step) {
    return switch (step) {
      case Step.Member(String name) ->
          from.isObject() ? from.path(name) : MissingNode.getInstance();
      case Step.Index(int index) ->
          from.isArray()
              ? from.path(index < 0 ? from.size() + index : index)
              : MissingNode.getInstance();
    };
  }

  @Override
  public String whyMissing(Scope scope) {
    JsonNode at = root.value(scope);
    if (at.isMissingNode()) {
      return "No results for path: " + root;
    }
    var walked = new StringBuilder("$");
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      JsonNode next = follow(at, step);
      if (next.isMissingNode()) {
        return whyNot(at, step, walked.toString(), i == steps.size() - 1);
      }
      at = next;
      walked.append(step);
    }
    throw new IllegalStateException("the path " + text + " leads somewhere in this scope");
  }

  private String whyNot(JsonNode from, Step step, String walked, boolean last) {
    return switch (step) {
      case Step.Member m when from.isObject() && !last -> "Missing property in path " + walked + m;
      case Step.Member m when !from.isObject() ->
          ("Expected to find an object with property %s in path %s but found '%s'. This is not a"
                  + " json object according to the JsonProvider: '%s'.")
              .formatted(m, walked, javaName(from), PROVIDER);
      case Step.Index x when from.isNull() -> "The path " + walked + " is null";
      case Step.Index x when !from.isArray() ->
          "Filter: %s can only be applied to arrays. Current context is: %s"
              .formatted(x, from.isTextual() ? from.textValue() : from);
      default -> "No results for path: " + wholePath();
    };
  }

  private String wholePath() {
    var whole = new StringBuilder("$");
    steps.forEach(whole::append);
    return whole.toString();
  }

  /** What AWS's library calls this kind of value. */
  private static String javaName(JsonNode value) {
    return switch (value.getNodeType()) {
      case STRING -> "java.lang.String";
      case BOOLEAN -> "java.lang.Boolean";
      case ARRAY -> "java.util.ArrayList";
      case NUMBER -> value.isIntegralNumber() ? "java.lang.Integer" : "java.lang.Double";
      default -> "null";
    };
  }
}
