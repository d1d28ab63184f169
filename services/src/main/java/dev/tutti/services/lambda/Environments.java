package dev.tutti.services.lambda;

import dev.tutti.core.functions.Configuration;
import dev.tutti.core.functions.Logging;
import java.util.HashMap;
import java.util.Map;

/** The variables that a function is run with beside those that the runner gives it. */
final class Environments {
  private Environments() {}

  /** The function's own, and how its runtime is to log. */
  static Map<String, String> of(Configuration configuration) {
    Map<String, String> variables = new HashMap<>();
    Map<String, String> own = configuration.environment();
    if (own != null) {
      variables.putAll(own);
    }
    Logging logging = configuration.logging();
    variables.put("AWS_LAMBDA_LOG_FORMAT", logging.format());
    if (logging.applicationLevel() != null) {
      variables.put("AWS_LAMBDA_LOG_LEVEL", logging.applicationLevel());
    }
    return variables;
  }
}
