package dev.tutti.core.asl.data;

import com.fasterxml.jackson.databind.JsonNode;

/** Where a path starts. */
public sealed interface PathRoot {
  /** The value there; a {@code MissingNode} where there is none. */
  JsonNode value(Scope scope);

  /** {@code $}: the data at hand. */
  record Input() implements PathRoot {
    @Override
    public JsonNode value(Scope scope) {
      return scope.input();
    }

    @Override
    public String toString() {
      return "$";
    }
  }

  /** {@code $$}: the context object. */
  record Context() implements PathRoot {
    @Override
    public JsonNode value(Scope scope) {
      return scope.context();
    }

    @Override
    public String toString() {
      return "$$";
    }
  }

  /** {@code $name}: a variable. */
  record Variable(String name) implements PathRoot {
    @Override
    public JsonNode value(Scope scope) {
      return scope.variables().path(name);
    }

    @Override
    public String toString() {
      return "$" + name;
    }
  }
}
