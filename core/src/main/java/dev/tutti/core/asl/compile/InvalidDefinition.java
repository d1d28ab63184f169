package dev.tutti.core.asl.compile;

import java.util.List;
import java.util.stream.Collectors;

/** A definition that does not compile, with every reason that was found. */
public final class InvalidDefinition extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<Diagnostic> diagnostics;

  public InvalidDefinition(List<Diagnostic> diagnostics) {
    super(
        diagnostics.stream()
            .map(Diagnostic::toString)
            .collect(Collectors.joining(", ", "Invalid State Machine Definition: '", "'")),
        null,
        false,
        false);
    this.diagnostics = List.copyOf(diagnostics);
  }

  /** At least one. */
  public List<Diagnostic> diagnostics() {
    return diagnostics;
  }

  /** The text of the API's error InvalidDefinition. */
  public String text() {
    return String.valueOf(getMessage());
  }
}
