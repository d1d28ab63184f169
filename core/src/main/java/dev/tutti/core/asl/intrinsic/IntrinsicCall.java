package dev.tutti.core.asl.intrinsic;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.asl.data.Expression;
import dev.tutti.core.asl.data.Path;
import dev.tutti.core.asl.data.Scope;
import dev.tutti.core.asl.data.StatesError;
import java.util.ArrayList;
import java.util.List;

/**
 * A function and its arguments, which may be calls themselves. Where one fails, the cause names the
 * outermost call, as AWS does; the error is States.Runtime, as observed there (the documentation
 * says States.IntrinsicFailure).
 *
 * @param text as it was written
 */
public record IntrinsicCall(String text, Intrinsic function, List<Expression> arguments)
    implements Expression {
  public IntrinsicCall {
    arguments = List.copyOf(arguments);
  }

  @Override
  public JsonNode evaluate(Scope scope, String field) {
    try {
      return call(scope);
    } catch (IntrinsicFault e) {
      throw StatesError.runtime(
          "The function '" + text + "' had the following error: " + e.reason());
    }
  }

  private JsonNode call(Scope scope) {
    var values = new ArrayList<JsonNode>(arguments.size());
    for (Expression argument : arguments) {
      values.add(
          switch (argument) {
            case IntrinsicCall inner -> inner.call(scope);
            case Path path -> found(path, scope);
            default -> argument.evaluate(scope, text);
          });
    }
    String template =
        !arguments.isEmpty() && arguments.getFirst() instanceof Literal literal
            ? literal.template()
            : "";
    return function.apply(new Arguments(function, values, template, scope.entropy()));
  }

  /** A path into the context object is named without it, as AWS does, and with the input. */
  private static JsonNode found(Path path, Scope scope) {
    JsonNode found = path.find(scope);
    if (found.isMissingNode()) {
      throw new IntrinsicFault(
          "The JsonPath argument for the field '"
              + (path.text().startsWith("$$") ? path.text().substring(1) : path.text())
              + "' could not be found in the input '"
              + scope.input()
              + "'");
    }
    return found;
  }
}
