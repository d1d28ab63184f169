package dev.tutti.core.asl.compile;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was found wrong so far. Bounded, as a hostile definition could have a fault in each byte.
 */
final class Findings {
  private static final int MOST = 100;

  private final List<Diagnostic> found = new ArrayList<>();

  void add(String code, String message, @Nullable String location) {
    if (found.size() < MOST) {
      found.add(new Diagnostic(code, message, location));
    }
  }

  void schema(String message, String location) {
    add(Diagnostic.SCHEMA_VALIDATION_FAILED, message, location.isEmpty() ? "/" : location);
  }

  boolean none() {
    return found.isEmpty();
  }

  List<Diagnostic> all() {
    return found;
  }
}
