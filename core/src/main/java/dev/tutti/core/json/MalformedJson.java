package dev.tutti.core.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import org.jspecify.annotations.Nullable;

/** A text that is not JSON. Line and column count from 1; 0 means unknown. */
public final class MalformedJson extends RuntimeException {
  private final int line;
  private final int column;

  MalformedJson(String message, int line, int column, @Nullable Throwable cause) {
    super(message, cause);
    this.line = line;
    this.column = column;
  }

  static MalformedJson of(JsonProcessingException e) {
    var at = e.getLocation();
    return new MalformedJson(
        e.getOriginalMessage(),
        at == null ? 0 : at.getLineNr(),
        at == null ? 0 : at.getColumnNr(),
        e);
  }

  public int line() {
    return line;
  }

  public int column() {
    return column;
  }
}
