package planted.core.messaging;

/** Breaks a rule on purpose. */
public final class FileReader {
  public java.nio.file.Path file() {
    return java.nio.file.Path.of("x");
  }
}
