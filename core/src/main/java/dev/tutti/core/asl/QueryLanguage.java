package dev.tutti.core.asl;

/** The language of a definition's expressions. */
public enum QueryLanguage {
  JSON_PATH("JSONPath"),
  JSONATA("JSONata");

  private final String written;

  QueryLanguage(String written) {
    this.written = written;
  }

  /** As definitions write it. */
  public String written() {
    return written;
  }
}
