package dev.tutti.deploy.template;

/**
 * Where something stands in a file.
 *
 * @param file path as shown to people, relative to the user's folder
 * @param line counts from 1
 * @param column counts from 1
 */
public record Place(String file, int line, int column) {
  /** The file as such, where no line says more. */
  public static Place of(String file) {
    return new Place(file, 1, 1);
  }

  @Override
  public String toString() {
    return file + ":" + line;
  }
}
