package dev.tutti.services.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.functions.Function;
import dev.tutti.core.functions.FunctionArn;
import dev.tutti.core.functions.FunctionCatalogue;
import dev.tutti.core.functions.Functions;
import dev.tutti.core.functions.Release;
import dev.tutti.core.kernel.Key;
import dev.tutti.services.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * The function that a request names, by {@code FunctionName} and {@code Qualifier}. It needn't
 * exist.
 *
 * @param arn with the qualifier from either member
 * @param function null where there is none of that name
 */
record Named(FunctionArn arn, @Nullable Function function) {

  /**
   * Reads the names of a request of the function's own context.
   *
   * @throws dev.tutti.wire.ServiceError where the two qualifiers differ, or the function is of
   *     another region or another context
   */
  static Named own(Exchange exchange, FunctionCatalogue catalogue, String action) {
    Named named = any(exchange, catalogue);
    if (!named.arn.context().equals(exchange.context())) {
      throw Errors.denied(exchange.context(), action, named.arn.text());
    }
    return named;
  }

  /** As {@link #own}, of whosever function; the caller checks that it may. */
  static Named any(Exchange exchange, FunctionCatalogue catalogue) {
    JsonNode input = exchange.input();
    String name = input.path("FunctionName").asText();
    FunctionArn arn = FunctionArn.parse(name, exchange.region(), exchange.context());
    if (arn == null) {
      throw Errors.invalid("The function name " + name + " has none of the forms of a name.");
    }
    JsonNode qualifier = input.path("Qualifier");
    if (qualifier.isTextual()) {
      if (arn.qualifier() != null && !arn.qualifier().equals(qualifier.asText())) {
        throw Errors.invalid(
            "The derived qualifier from the function name does not match the specified"
                + " qualifier.");
      }
      arn = arn.with(qualifier.asText());
    }
    if (!arn.region().equals(exchange.region())) {
      throw Errors.notFound(
          "Functions from '"
              + arn.region()
              + "' are not reachable in this region ('"
              + exchange.region()
              + "')");
    }
    return new Named(arn, catalogue.function(arn.unqualified()));
  }

  Key key() {
    return new Key(Functions.KIND, arn.unqualified());
  }

  /** The qualifier as given; empty where none was. */
  String qualifier() {
    return arn.qualifier() == null ? "" : arn.qualifier();
  }

  /** The qualifier that policies and settings are kept under: empty for {@code $LATEST} too. */
  String part() {
    return qualifier().equals("$LATEST") ? "" : qualifier();
  }

  /** The function, which has to exist; its qualifier needn't. */
  Function existing() {
    if (function == null) {
      throw Errors.functionNotFound(arn.text());
    }
    return function;
  }

  /** What the qualifier names, which has to exist. */
  Release release() {
    Release release = existing().release(qualifier());
    if (release == null) {
      throw Errors.functionNotFound(arn.text());
    }
    return release;
  }
}
