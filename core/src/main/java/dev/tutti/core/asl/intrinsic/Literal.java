package dev.tutti.core.asl.intrinsic;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.asl.data.Expression;
import dev.tutti.core.asl.data.Scope;

/**
 * A value written in a call: 'text', a number, true, false or null.
 *
 * @param text as it was written
 * @param value escapes resolved
 * @param template of a text, with its escapes, for States.Format to tell an escaped brace from a
 *     place to fill in; otherwise empty
 */
record Literal(String text, JsonNode value, String template) implements Expression {
  @Override
  public JsonNode evaluate(Scope scope, String field) {
    return value;
  }
}
