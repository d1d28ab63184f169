package dev.tutti.core.asl.data;

import com.fasterxml.jackson.databind.JsonNode;

/** A JSONPath, compiled: {@code $.a.b[0]}, {@code $$.Execution.Id}, {@code $.items[*].id}. */
public sealed interface Path extends Expression permits ReferencePath, QueryPath {
  /** The value that the path leads to; a {@code MissingNode} where it leads nowhere. */
  JsonNode find(Scope scope);

  /** Why {@link #find} finds nothing in this scope, as AWS words it. */
  String whyMissing(Scope scope);

  /**
   * As {@link #find}, for fields such as InputPath.
   *
   * @throws StatesError States.Runtime where it leads nowhere
   */
  default JsonNode read(Scope scope) {
    JsonNode found = find(scope);
    if (found.isMissingNode()) {
      throw StatesError.runtime("Invalid path '" + text() + "' : " + whyMissing(scope));
    }
    return found;
  }

  /** As {@link #find}, for a named field of a template or a path field. */
  @Override
  default JsonNode evaluate(Scope scope, String field) {
    JsonNode found = find(scope);
    if (found.isMissingNode()) {
      throw StatesError.runtime(
          "The JSONPath '%s' specified for the field '%s' could not be found in the input '%s'"
              .formatted(text(), field, scope.input()));
    }
    return found;
  }
}
