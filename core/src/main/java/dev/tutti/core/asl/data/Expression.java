package dev.tutti.core.asl.data;

import com.fasterxml.jackson.databind.JsonNode;

/** Something compiled that has a value in a scope: a path, an intrinsic call, a literal. */
public interface Expression {
  /**
   * The value in a scope, never missing.
   *
   * @param field the definition's field that holds the expression, for the error text
   * @throws StatesError where there is no value
   */
  JsonNode evaluate(Scope scope, String field);

  /** The expression as it was written. */
  String text();
}
